import { openKeychain } from '#main/vault/keychain.ts'

/** Run as a process of its own inside a private session bus: `node keychainProbe.ts save|load|forget NAME [HEX]`; prints one JSON line. */
const [act, name = '', hex = ''] = process.argv.slice(2)
const keychain = await openKeychain(process.env)

async function did(): Promise<unknown> {
  if (act === 'save') return keychain.save(name, Buffer.from(hex, 'hex')).then(() => 'saved')
  if (act === 'forget') return keychain.forget(name).then(() => 'forgotten')
  if (act === 'load') return keychain.load(name).then(found => (found ? Buffer.from(found).toString('hex') : null))
  return null
}

const said = await did().catch((error: unknown) => (error instanceof Error ? error.message : 'unknown'))
process.stdout.write(`${JSON.stringify({ kind: keychain.kind, said })}\n`)
// A keychain that hangs must not keep the probe alive.
process.exit(0)
