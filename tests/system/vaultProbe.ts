import { openKeychain } from '#main/vault/keychain.ts'
import { createVault } from '#main/vault/vault.ts'
import { VaultDamaged } from '#main/vault/vaultFile.ts'

/** Run as a process of its own inside a private session bus: `node vaultProbe.ts create|open DIR [PASSWORD]`; prints one JSON line. */
const [act, dir = '', password] = process.argv.slice(2)
const keychain = await openKeychain(process.env)
const vault = createVault({
  path: `${dir}/vault.json`,
  copyPath: `${dir}/backup/vault.json`,
  keychain,
  clock: { now: () => Date.now(), after: () => () => undefined },
  cost: { memoryKiB: 64, passes: 1, lanes: 1 },
})

async function did(): Promise<string> {
  const outcome = await (act === 'create' ? vault.create(password ?? null) : vault.open(password ?? null))
  return outcome.ok ? (act === 'create' ? 'made' : 'opened') : outcome.decline.code
}

const said = await did().catch((error: unknown) =>
  error instanceof VaultDamaged ? 'vault_damaged' : error instanceof Error ? error.message : 'unknown',
)
process.stdout.write(`${JSON.stringify({ kind: keychain.kind, said })}\n`)
// A keychain that hangs must not keep the probe alive.
process.exit(0)
