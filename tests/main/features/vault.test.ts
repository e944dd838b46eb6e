import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { testKeychain } from '../../support/keychain.ts'
import { goodPassword, type TestWallet, type TestWalletOptions, testWallet } from '../../support/wallet.ts'

let open: TestWallet[] = []
afterEach(async () => {
  for (const wallet of open) await wallet.close()
  open = []
})

const other = 'nine copper kettles hum at dawn'
async function created(password: string | null, options: TestWalletOptions = {}): Promise<TestWallet> {
  const wallet = await testWallet({ service: 'http://127.0.0.1:9', ...options })
  open.push(wallet)
  await wallet.get('app.create', { password, service: { mode: 'sandbox' } })
  return wallet
}
const state = (wallet: TestWallet) => wallet.get('app.state', {})

async function keptKit(wallet: TestWallet, password: string | null): Promise<string> {
  const { words, ask } = await wallet.get('vault.makeKit', { password })
  await wallet.get('vault.confirmKit', { words: ask.map(position => words[position - 1] ?? '') })
  return words.join(' ')
}

test('a new wallet is offered a kit; who puts it off is reminded after a week; who made it is not', async () => {
  const wallet = await created(goodPassword)
  expect(await state(wallet)).toMatchObject({ recoveryKit: 'offer' })
  await wallet.get('vault.postponeKit', {})
  expect(await state(wallet)).toMatchObject({ recoveryKit: 'quiet' })
  await wallet.clock.moves(7 * 86_400_000 + 1000)
  await vi.waitFor(async () => expect(await state(wallet)).toMatchObject({ phase: 'locked', recoveryKit: 'quiet' }))
  await wallet.get('app.unlock', { password: goodPassword })
  expect(await state(wallet)).toMatchObject({ recoveryKit: 'remind' })
  await keptKit(wallet, goodPassword)
  expect(await state(wallet)).toMatchObject({ recoveryKit: 'made' })
})

test('the kit opens a locked wallet with a new password', async () => {
  const wallet = await created(goodPassword)
  const words = await keptKit(wallet, goodPassword)
  expect(await wallet.ask('app.recover', { words, password: other })).toMatchObject({ code: 'not_allowed' })
  await wallet.get('app.lock', {})
  expect(await wallet.ask('app.recover', { words: `${words} zoo`, password: other })).toMatchObject({
    code: 'recovery_words_wrong',
    detail: { found: '25' },
  })
  expect(await wallet.get('app.recover', { words, password: other })).toMatchObject({ phase: 'unlocked' })
  await wallet.get('app.lock', {})
  expect(await wallet.ask('app.unlock', { password: goodPassword })).toMatchObject({ code: 'app_password_wrong' })
  expect(await wallet.get('app.unlock', { password: other })).toMatchObject({ phase: 'unlocked' })
})

test('the kit opens a wallet whose keychain lost everything', async () => {
  const wallet = await created(null)
  const words = await keptKit(wallet, null)
  await wallet.get('app.lock', {})
  wallet.keychain.items.clear()
  expect(await wallet.get('app.unlock', { password: null })).toMatchObject({ phase: 'unreadable' })
  expect(await wallet.get('app.recover', { words, password: goodPassword })).toMatchObject({ phase: 'unlocked', hasPassword: true })
})

test('a kit whose words are not typed back is not kept, and one that nobody looks at any more is gone', async () => {
  const wallet = await created(goodPassword)
  const { words, ask } = await wallet.get('vault.makeKit', { password: goodPassword })
  const typed = ask.map(position => words[position - 1] ?? '')
  expect(await wallet.ask('vault.confirmKit', { words: typed.with(1, 'okpay') })).toMatchObject({
    code: 'recovery_words_wrong',
    detail: { position: String(ask[1]) },
  })
  expect(await wallet.get('vault.leaveKit', {})).toMatchObject({ kitMadeAt: null })
  expect(await wallet.ask('vault.confirmKit', { words: typed })).toMatchObject({ code: 'recovery_kit_gone' })
})

test('a locked wallet forgets the words that it showed', async () => {
  const wallet = await created(goodPassword)
  await wallet.get('vault.makeKit', { password: goodPassword })
  await wallet.get('app.lock', {})
  await wallet.get('app.unlock', { password: goodPassword })
  expect(await wallet.ask('vault.saveKit', { path: null })).toMatchObject({ code: 'recovery_kit_gone' })
})

test("a saved kit is its owner's alone, and opens the wallet", async () => {
  const wallet = await created(goodPassword)
  await wallet.get('vault.makeKit', { password: goodPassword })
  const { path, state: after } = await wallet.get('vault.saveKit', { path: null })
  expect(after.kitMadeAt).not.toBeNull()
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  await wallet.get('app.lock', {})
  expect(await wallet.get('app.recover', { words: readFileSync(path, 'utf8'), password: other })).toMatchObject({ phase: 'unlocked' })
})

test('the words are in no file of the wallet and in no event', async () => {
  const wallet = await created(goodPassword)
  const words = (await keptKit(wallet, goodPassword)).split(' ')
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`)
  await wallet.get('app.lock', {})
  const files = readdirSync(wallet.dataDir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const all = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n') + JSON.stringify(wallet.told)
  for (const pair of pairs) expect(all.includes(pair)).toBe(false)
})

test('a page names no path for its kit', async () => {
  const wallet = await created(goodPassword)
  await wallet.get('vault.makeKit', { password: goodPassword })
  expect(await wallet.ask('vault.saveKit', { path: join(wallet.dataDir, 'kit.txt') })).toMatchObject({ code: 'not_allowed' })
  expect(await wallet.ask('vault.saveKit', { path: join(wallet.downloadsDir, 'kit.txt') }, 'terminal')).toMatchObject({ ok: true })
})

test('a change of the password counts at once and survives a restart', async () => {
  const wallet = await created(goodPassword)
  expect(await wallet.ask('vault.changePassword', { current: 'wrong', next: other })).toMatchObject({ code: 'app_password_wrong' })
  await wallet.get('vault.changePassword', { current: goodPassword, next: other })
  await wallet.restarts()
  expect(await wallet.ask('app.unlock', { password: goodPassword })).toMatchObject({ code: 'app_password_wrong' })
  expect(await wallet.get('app.unlock', { password: other })).toMatchObject({ phase: 'unlocked' })
  await wallet.get('vault.changePassword', { current: other, next: null })
  expect(await state(wallet)).toMatchObject({ hasPassword: false })
})

test('a new key of the database is told step by step; copies under the old one are gone', async () => {
  const wallet = await created(goodPassword)
  await wallet.clock.moves(1)
  const before = await wallet.get('vault.rotateKey', { password: goodPassword })
  expect(before.databaseKeyAt).not.toBeNull()
  const told = wallet.told.filter(({ event }) => event === 'vault.progress').map(({ payload }) => payload)
  expect(told).toEqual(['copying', 'encrypting', 'checking', 'placing'].map(step => ({ step })))
  expect(readdirSync(join(wallet.dataDir, 'backup')).filter(name => name.endsWith('.db'))).toHaveLength(1)
  await wallet.restarts()
  expect(await wallet.get('app.unlock', { password: goodPassword })).toMatchObject({ phase: 'unlocked' })
})

/** The real store, whose change of the key ends as `end` says: before the file is in place, or after it. */
const breaking =
  (end: 'before' | 'after') =>
  async (options: { path: string; key: Uint8Array }): Promise<WalletStore> => {
    const store = await openWalletStore(options)
    return {
      ...store,
      async rekey(key, onStep) {
        if (end === 'after') await store.rekey(key, onStep)
        throw new Fault('disk_full')
      },
    }
  }

test.each(['before', 'after'] as const)(
  'a change of the key that is broken off %s the file was placed leaves a wallet that opens',
  async end => {
    const wallet = await created(goodPassword, { openStore: breaking(end), keychain: testKeychain('none') })
    expect(await wallet.ask('vault.rotateKey', { password: goodPassword })).toMatchObject({ code: 'disk_full' })
    for (let turn = 0; turn < 2; turn += 1) {
      await wallet.restarts()
      expect(await wallet.get('app.unlock', { password: goodPassword })).toMatchObject({ phase: 'unlocked' })
    }
  },
)

test('locks after the minutes that were chosen; never only with consent', async () => {
  const wallet = await created(null)
  const never = { afterMinutes: null, onHide: false }
  expect(await wallet.ask('vault.lockWhen', { ...never, consent: false })).toMatchObject({ code: 'lock_never_unconfirmed' })
  await wallet.get('vault.lockWhen', { ...never, consent: true })
  await wallet.clock.moves(86_400_000)
  expect(await state(wallet)).toMatchObject({ phase: 'unlocked' })
  await wallet.get('vault.lockWhen', { afterMinutes: 1, onHide: false, consent: false })
  await wallet.clock.moves(61_000)
  await vi.waitFor(async () => expect(await state(wallet)).toMatchObject({ phase: 'locked' }))
  await wallet.restarts()
  await wallet.get('app.unlock', { password: null })
  expect(await wallet.get('vault.state', {})).toMatchObject({ lockAfterMinutes: 1 })
})

test('a hidden window locks where that was chosen', async () => {
  const wallet = await created(null)
  wallet.wallet().windowHidden()
  expect(await state(wallet)).toMatchObject({ phase: 'unlocked' })
  await wallet.get('vault.lockWhen', { afterMinutes: 10, onHide: true, consent: false })
  wallet.wallet().windowHidden()
  await vi.waitFor(async () => expect(await state(wallet)).toMatchObject({ phase: 'locked' }))
})

test('while locked nothing of the vault answers', async () => {
  const wallet = await created(null)
  await wallet.get('app.lock', {})
  for (const [method, input] of [
    ['vault.state', {}],
    ['vault.makeKit', { password: null }],
    ['vault.lockWhen', { afterMinutes: null, onHide: false, consent: true }],
    ['vault.rotateKey', { password: null }],
  ] as const)
    expect(await wallet.ask(method, input as never)).toMatchObject({ code: 'wallet_locked' })
})
