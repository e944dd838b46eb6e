import { systemParts } from '#main/shells/systemParts.ts'
import { createWallet } from '#main/wallet.ts'

/**
 * A wallet in a process of its own: `make` makes it, `open` opens it, and the name of a step changes its key and ends the process there, as kill -9 does.
 * Prints the phase, or the code of a refusal.
 */
const [act = '', dataDir = '', password = ''] = process.argv.slice(2)
const env = { OKPAY_KEYCHAIN: 'off', OKPAY_SERVICE_URL: 'http://127.0.0.1:9' }
const spawn = () => {
  throw new Error('no service belongs to this wallet')
}
const parts = await systemParts({ shell: 'terminal', dataDir, env, locale: 'en', spawn, report: () => undefined })
const wallet = await createWallet({ ...parts, passwordCost: { memoryKiB: 64, passes: 1, lanes: 1 } })
wallet.onEvent((event, payload) => {
  if (event === 'vault.progress' && 'step' in payload && payload.step === act) process.kill(process.pid, 'SIGKILL')
})
const ask = (method: string, input: unknown) => wallet.dispatch(method, input, { shell: 'terminal' })
if (act === 'make') await ask('app.create', { password, service: { mode: 'address', address: 'http://127.0.0.1:9' } })
else await ask('app.unlock', { password })
if (act !== 'make' && act !== 'open') await ask('vault.rotateKey', { password })
const state = await ask('app.state', {})
process.stdout.write(state.ok ? String((state.value as { phase: string }).phase) : state.code)
await wallet.close()
process.exit(0)
