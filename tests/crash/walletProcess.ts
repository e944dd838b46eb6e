import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { systemParts } from '#main/shells/systemParts.ts'
import { createWallet } from '#main/wallet.ts'

/** A wallet with its files, vault and outbox in a process of its own: a question a line (JSON) in, an answer a line out, until its standard input ends. */
const [dataDir = '', serviceUrl = ''] = process.argv.slice(2)
const env = { OKPAY_KEYCHAIN: 'off', OKPAY_SERVICE_URL: serviceUrl }
const spawn = () => {
  throw new Error('this wallet pays through the service that it was given')
}
const report = (line: string) => process.stderr.write(`${line}\n`)
const wallet = await createWallet({
  ...(await systemParts({ shell: 'loopback', dataDir, env, locale: 'en', spawn, report })),
  // What is asked here is what a kill leaves behind, not how hard a password is to guess.
  passwordCost: { memoryKiB: 64, passes: 1, lanes: 1 },
})
process.stdout.write('ready\n')
flushCompileCache()
for await (const line of createInterface(process.stdin)) {
  const { n, method, input } = JSON.parse(line)
  void wallet.dispatch(method, input, { shell: 'terminal' }).then(answer => process.stdout.write(`${JSON.stringify({ n, answer })}\n`))
}
await wallet.close()
