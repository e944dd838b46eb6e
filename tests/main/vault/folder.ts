import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Keychain } from '#main/ports.ts'
import type { VaultKeys } from '#main/vault/keys.ts'
import { createVault } from '#main/vault/vault.ts'
import { testClock } from '../../support/clock.ts'
import type { TestKeychain } from '../../support/keychain.ts'
import { lightCost } from '../../support/wallet.ts'

/** A folder and a clock for each test of a file, and the vault in it. */
export function vaultFolder() {
  const at = { dir: '', clock: testClock() }
  beforeEach(async () => {
    at.dir = await mkdtemp(join(tmpdir(), 'okpay-vault-'))
    at.clock = testClock()
  })
  afterEach(() => rm(at.dir, { recursive: true, force: true }))

  const path = () => join(at.dir, 'vault.json')
  const vaultWith = (keychain: Keychain) =>
    createVault({ path: path(), copyPath: join(at.dir, 'backup', 'vault.json'), keychain, clock: at.clock, cost: lightCost })
  return {
    at,
    path,
    vaultWith,
    /** An empty folder in the place of what was made in it. */
    async empties(): Promise<void> {
      await rm(at.dir, { recursive: true, force: true })
      await mkdir(at.dir)
    },
    async made(keychain: TestKeychain, password: string | null): Promise<VaultKeys> {
      const outcome = await vaultWith(keychain).create(password)
      if (!outcome.ok) throw new Error(outcome.decline.code)
      return outcome.value
    },
  }
}

/** `opened`, or the code of the decline. */
export const code = (outcome: { ok: true } | { ok: false; decline: { code: string } }): string =>
  outcome.ok ? 'opened' : outcome.decline.code
