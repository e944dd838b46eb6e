import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createVault } from '#main/vault/vault.ts'
import { VaultDamaged } from '#main/vault/vaultFile.ts'
import { testClock } from '../../support/clock.ts'
import { type TestKeychain, testKeychain } from '../../support/keychain.ts'
import { matrix, matrixTable } from '../../support/vaultMatrix.ts'
import { lightCost } from '../../support/wallet.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'okpay-matrix-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const vaultOn = (keychain: TestKeychain) =>
  createVault({
    path: join(dir, 'vault.json'),
    copyPath: join(dir, 'backup', 'vault.json'),
    keychain,
    clock: testClock(),
    cost: lightCost,
  })

type Told = { readonly ok: true } | { readonly ok: false; readonly decline: { readonly code: string } }
const saidBy = (act: Promise<Told>, done: string): Promise<string> =>
  act.then(
    told => (told.ok ? done : told.decline.code),
    error => (error instanceof VaultDamaged ? 'vault_damaged' : error.code),
  )

/** What happens to the keychain between making the wallet and opening it. */
const happenings = {
  macos: () => undefined,
  macosRefused: (keychain: TestKeychain) => {
    keychain.answers = false
  },
  windows: () => undefined,
  windowsRemoved: (keychain: TestKeychain) => keychain.items.clear(),
} satisfies Partial<Record<keyof typeof matrix, (keychain: TestKeychain) => void>>

describe.each(Object.entries(happenings))('%s', (name, happen) => {
  const cell = matrix[name as keyof typeof happenings]
  test(cell.where, async () => {
    const keychain = testKeychain(cell.kind)
    expect(await saidBy(vaultOn(keychain).create(null), 'made')).toBe(cell.makes)
    happen(keychain)
    expect(await saidBy(vaultOn(keychain).open(null), 'opened')).toBe(cell.opens)
  })
})

test('each cell that is tried by a fake is tried', () => {
  const fakes = Object.entries(matrix).filter(([, { tried }]) => tried === 'fake')
  expect(Object.keys(happenings)).toEqual(fakes.map(([name]) => name))
})

test('the document holds the table that is tried', async () => {
  const document = await readFile(join(import.meta.dirname, '../../../docs/vault-matrix.md'), 'utf8')
  expect(document).toContain(matrixTable())
})
