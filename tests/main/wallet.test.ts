import { existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { bookFaultCodes, Fault } from '#core/failure/faults.ts'
import type { EmbeddedService } from '#main/ports.ts'
import { testKeychain } from '../support/keychain.ts'
import { goodPassword, noEmbeddedService, type TestWallet, type TestWalletOptions, testWallet } from '../support/wallet.ts'

let open: TestWallet[] = []
afterEach(async () => {
  for (const wallet of open) await wallet.close()
  open = []
})

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:9'

async function newWallet(options: TestWalletOptions = {}): Promise<TestWallet> {
  const wallet = await testWallet({ service: nowhere, ...options })
  open.push(wallet)
  return wallet
}

const sandbox = { mode: 'sandbox' } as const
async function created(password: string | null = null, options: TestWalletOptions = {}): Promise<TestWallet> {
  const wallet = await newWallet(options)
  await wallet.get('app.create', { password, service: sandbox })
  return wallet
}
const phase = async (wallet: TestWallet) => (await wallet.get('app.state', {})).phase
const backupsIn = ({ dataDir }: TestWallet) => readdirSync(join(dataDir, 'backup')).filter(name => name.endsWith('.db'))
const backedUp = (wallet: TestWallet) => vi.waitFor(() => expect(backupsIn(wallet)).toHaveLength(1), 15_000)

/** Overwrites a page in the middle: what a failing disk does. */
function damage(path: string): void {
  const file = openSync(path, 'r+')
  for (let at = 0; at < statSync(path).size; at += 4096) writeSync(file, Buffer.alloc(512, 0x5a), 0, 512, at)
}

describe('a wallet', () => {
  test('is made, locked and unlocked by the keychain alone', async () => {
    const wallet = await newWallet()
    expect(await wallet.get('app.state', {})).toMatchObject({ phase: 'first_run', hasPassword: false, signedIn: false })
    expect(await wallet.get('app.create', { password: null, service: sandbox })).toMatchObject({ phase: 'unlocked' })
    expect(await wallet.get('app.lock', {})).toMatchObject({ phase: 'locked', hasPassword: false })
    expect(await wallet.get('app.unlock', { password: null })).toMatchObject({ phase: 'unlocked' })
    await wallet.restarts()
    expect(await phase(wallet)).toBe('locked')
    expect(await wallet.get('app.unlock', { password: null })).toMatchObject({ phase: 'unlocked' })
  })

  test('is opened by its password only, and tells until when to wait', async () => {
    const wallet = await created(goodPassword)
    await wallet.get('app.lock', {})
    expect(await wallet.ask('app.unlock', { password: null })).toMatchObject({ code: 'app_password_required' })
    for (let turn = 0; turn < 5; turn += 1) await wallet.ask('app.unlock', { password: 'wrong' })
    const state = await wallet.get('app.state', {})
    expect(Date.parse(state.waitUntil ?? '')).toBeGreaterThan(wallet.clock.now())
    await wallet.restarts()
    expect(await wallet.ask('app.unlock', { password: goodPassword })).toMatchObject({ code: 'app_password_wait' })
    await wallet.clock.moves(31_000)
    expect(await wallet.get('app.unlock', { password: goodPassword })).toMatchObject({ phase: 'unlocked', hasPassword: true })
  })

  test('keeps no readable database', async () => {
    const wallet = await created()
    await wallet.get('app.lock', {})
    expect(readFileSync(join(wallet.dataDir, 'wallet.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
  })

  test('two unlocks at once open it once', async () => {
    const wallet = await created()
    await wallet.get('app.lock', {})
    const answers = await Promise.all([wallet.ask('app.unlock', { password: null }), wallet.ask('app.unlock', { password: null })])
    expect(answers.map(answer => answer.ok).sort()).toEqual([false, true])
    expect(await phase(wallet)).toBe('unlocked')
  })

  test('speaks the chosen language while locked', async () => {
    const wallet = await created()
    await wallet.get('app.prefer', { locale: 'zh-CN', theme: 'dark', hideAmounts: true })
    await wallet.restarts()
    expect(await wallet.get('app.state', {})).toMatchObject({ locale: 'zh-CN', theme: 'dark', hideAmounts: true, homeCurrency: 'EUR' })
  })

  test('starts with preferences that cannot be read, each line for itself', async () => {
    const wallet = await created()
    writeFileSync(join(wallet.dataDir, 'preferences.json'), JSON.stringify({ locale: 'zh-CN', theme: 'purple', homeCurrency: 7 }))
    await wallet.restarts()
    expect(await wallet.get('app.state', {})).toMatchObject({ locale: 'zh-CN', theme: 'system', homeCurrency: 'EUR' })
    writeFileSync(join(wallet.dataDir, 'preferences.json'), '{')
    await wallet.restarts()
    expect(await wallet.get('app.state', {})).toMatchObject({ locale: 'en' })
  })

  test('locks by itself when nothing was done for a while, and not before', async () => {
    const wallet = await created(null, { idleLockMs: 60_000 })
    await wallet.clock.moves(50_000)
    await wallet.get('app.prefer', { theme: 'dark' })
    await wallet.clock.moves(50_000)
    expect(await phase(wallet)).toBe('unlocked')
    await wallet.get('app.state', {})
    await wallet.clock.moves(11_000)
    await vi.waitFor(async () => expect(await phase(wallet)).toBe('locked'))
  })

  test('locked, it tells only that it is locked', async () => {
    const wallet = await created()
    await wallet.wallet().lockNow('screen_lock')
    wallet.told.length = 0
    wallet.wallet().openLink('okpay://pay/K7F39QTX?service=0123456789AB')
    await wallet.get('app.prefer', { theme: 'light' })
    await vi.waitFor(() => expect(wallet.told.length).toBeGreaterThan(0))
    expect(new Set(wallet.told.map(({ event }) => event))).toEqual(new Set(['app.changed']))
  })

  test('takes a service address over https, and over http on this computer only', async () => {
    const wallet = await newWallet()
    for (const address of ['http://pay.example.org', 'ftp://x', 'https://a:b@x.org', 'https://x.org/path', 'https://x.org?q=1', 'pay', ''])
      expect(await wallet.ask('app.create', { password: null, service: { mode: 'address', address } }), address).toMatchObject({
        code: 'service_address_invalid',
      })
    expect(await phase(wallet)).toBe('first_run')
    await wallet.get('app.create', { password: null, service: { mode: 'address', address: ' https://pay.example.org/ ' } })
    expect(JSON.parse(readFileSync(join(wallet.dataDir, 'preferences.json'), 'utf8')).service.address).toBe('https://pay.example.org')
  })

  test('measures passwords and says what weakens them', async () => {
    const wallet = await newWallet()
    expect(await wallet.get('app.measurePassword', { password: 'abc' })).toMatchObject({
      acceptable: false,
      warnings: ['tooShort', 'sequences'],
    })
    for (const password of ['woaini1314', 'wodemima123', 'zhangwei1990'])
      expect(await wallet.get('app.measurePassword', { password }), password).toMatchObject({ acceptable: false })
    expect(await wallet.get('app.measurePassword', { password: goodPassword })).toMatchObject({ acceptable: true, score: 4 })
  })

  test('writes no password, name or path into its log', async () => {
    const wallet = await created(goodPassword)
    await wallet.ask('account.signIn', { email: 'lin@example.org', password: 'hunter22222' })
    const log = readFileSync(join(wallet.dataDir, 'logs', 'wallet.log'), 'utf8')
    expect(log).toContain('service_offline')
    for (const secret of [goodPassword, 'lin@example.org', 'hunter22222', wallet.dataDir]) expect(log).not.toContain(secret)
  })
})

describe('the embedded service', () => {
  /** Records what it is told. */
  function recorded() {
    const calls: string[] = []
    let status: ReturnType<EmbeddedService['status']> = 'stopped'
    const service: EmbeddedService = {
      ...noEmbeddedService,
      start: async () => {
        calls.push('start')
        status = 'sealed'
      },
      unseal: async key => {
        calls.push(`unseal ${key.length} ${key.some(byte => byte !== 0)}`)
        status = 'online'
      },
      stop: async () => {
        calls.push('stop')
        status = 'stopped'
      },
      status: () => status,
    }
    return { calls, service }
  }

  test('is started at once, unsealed when the wallet opens, and stopped with it', async () => {
    const { calls, service } = recorded()
    const wallet = await testWallet({ embeddedService: service })
    await vi.waitFor(() => expect(calls).toEqual(['start']))
    await wallet.get('app.create', { password: null, service: sandbox })
    expect(calls).toEqual(['start', 'unseal 32 true'])
    await wallet.close()
    expect(calls.at(-1)).toBe('stop')
  })

  test('makes way for a service at an address, and is unsealed again when it is chosen', async () => {
    const { calls, service } = recorded()
    const wallet = await testWallet({ embeddedService: service })
    open.push(wallet)
    await wallet.get('app.create', { password: null, service: { mode: 'address', address: nowhere } })
    expect(calls.slice(1)).toEqual(['stop'])
    await wallet.get('app.useService', { service: sandbox })
    expect(calls.slice(2)).toEqual(['start', 'unseal 32 true'])
  })

  test('is waited for by a call that comes right after the unlocking', async () => {
    const reached: string[] = []
    const server = createServer((request, response) => {
      reached.push(request.url ?? '')
      response.end(JSON.stringify({ mails: [] }))
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    let status: ReturnType<EmbeddedService['status']> = 'sealed'
    const listeners = new Set<() => void>()
    const slow: EmbeddedService = {
      ...noEmbeddedService,
      url: () => url,
      status: () => status,
      onChange: listener => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const wallet = await testWallet({ embeddedService: slow })
    open.push(wallet)
    await wallet.get('app.create', { password: null, service: sandbox })
    const asking = wallet.ask('account.mailbox', {})
    await wallet.get('app.state', {})
    expect(reached).toEqual([])
    status = 'online'
    for (const listener of [...listeners]) listener()
    expect(await asking).toEqual({ ok: true, value: { mails: [] } })
    server.close()
  })

  test.each(bookFaultCodes)('that refuses its book for %s is told so, leaves the wallet open, and tries anew when asked', async code => {
    const listeners = new Set<() => void>()
    let isRefused = false
    const refusing: EmbeddedService = {
      ...noEmbeddedService,
      status: () => (isRefused ? 'refused' : 'sealed'),
      refusal: () => (isRefused ? code : undefined),
      unseal: async () => {
        tries += 1
        isRefused = true
        for (const listener of listeners) listener()
        throw new Fault(code)
      },
      onChange: listener => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    let tries = 0
    const wallet = await testWallet({ embeddedService: refusing })
    open.push(wallet)
    await wallet.get('app.create', { password: null, service: sandbox })
    await vi.waitFor(async () =>
      expect(await wallet.get('app.state', {})).toMatchObject({ phase: 'unlocked', service: { status: code }, unreadable: null }),
    )
    expect(await wallet.get('app.retryService', {})).toMatchObject({ phase: 'unlocked', service: { status: code } })
    expect(tries).toBe(2)
  })

  test('that does not start keeps nobody from making a wallet', async () => {
    const broken: EmbeddedService = { ...noEmbeddedService, start: () => Promise.reject(new Fault('service_offline')) }
    const wallet = await testWallet({ embeddedService: broken })
    open.push(wallet)
    const state = await wallet.get('app.create', { password: null, service: sandbox })
    expect(state).toMatchObject({ phase: 'unlocked', service: { status: 'offline' } })
  })
})

describe('a wallet that cannot be read', () => {
  test('offers its last good backup, and keeps the damaged file', async () => {
    const wallet = await created()
    await backedUp(wallet)
    await wallet.get('app.lock', {})
    damage(join(wallet.dataDir, 'wallet.db'))
    const state = await wallet.get('app.unlock', { password: null })
    expect(state).toMatchObject({ phase: 'unreadable', unreadable: { code: 'database_damaged' } })
    expect(state.unreadable?.backupAt).not.toBeNull()
    expect(await wallet.ask('account.mailbox', {})).toMatchObject({ code: 'wallet_locked' })
    expect(await wallet.get('app.restoreBackup', {})).toMatchObject({ phase: 'unlocked' })
    expect(readdirSync(wallet.dataDir).some(name => name.startsWith('wallet.db.damaged-'))).toBe(true)
  })

  test('without a backup begins an empty book only when told to', async () => {
    const wallet = await created()
    await backedUp(wallet)
    await wallet.get('app.lock', {})
    for (const name of backupsIn(wallet)) await rm(join(wallet.dataDir, 'backup', name))
    for (const ending of ['', '-wal', '-shm']) await rm(join(wallet.dataDir, `wallet.db${ending}`), { force: true })
    expect(await wallet.get('app.unlock', { password: null })).toMatchObject({
      phase: 'unreadable',
      unreadable: { code: 'database_damaged', backupAt: null },
    })
    expect(existsSync(join(wallet.dataDir, 'wallet.db'))).toBe(false)
    expect(await wallet.get('app.restoreBackup', {})).toMatchObject({ phase: 'unlocked', signedIn: false })
  })

  test('locks again from there, and finds itself whole once the file is', async () => {
    const wallet = await created()
    await wallet.get('app.lock', {})
    const path = join(wallet.dataDir, 'wallet.db')
    const whole = readFileSync(path)
    damage(path)
    await wallet.get('app.unlock', { password: null })
    writeFileSync(path, whole)
    expect(await wallet.get('app.lock', {})).toMatchObject({ phase: 'locked', unreadable: null })
    expect(await wallet.get('app.unlock', { password: null })).toMatchObject({ phase: 'unlocked' })
  })

  test('puts a damaged vault back from its copy', async () => {
    const wallet = await created(goodPassword, { keychain: testKeychain('none') })
    writeFileSync(join(wallet.dataDir, 'vault.json'), '{"format":1')
    await wallet.restarts()
    expect(await wallet.get('app.state', {})).toMatchObject({ phase: 'unreadable', unreadable: { code: 'vault_damaged' } })
    expect(await wallet.ask('app.create', { password: null, service: sandbox })).toMatchObject({ code: 'wallet_exists' })
    expect(await wallet.get('app.restoreBackup', {})).toMatchObject({ phase: 'locked' })
    expect(await wallet.get('app.unlock', { password: goodPassword })).toMatchObject({ phase: 'unlocked' })
  })

  test('whose key is gone from the keychain begins anew only when told to, and deletes nothing', async () => {
    const wallet = await created()
    await wallet.get('app.lock', {})
    wallet.keychain.items.clear()
    expect(await wallet.get('app.unlock', { password: null })).toMatchObject({
      phase: 'unreadable',
      unreadable: { code: 'vault_damaged', backupAt: null },
    })
    expect(await wallet.get('app.restoreBackup', {})).toMatchObject({ phase: 'first_run' })
    const aside = readdirSync(wallet.dataDir).find(name => name.startsWith('damaged-')) ?? ''
    expect(readdirSync(join(wallet.dataDir, aside))).toEqual(expect.arrayContaining(['wallet.db', 'vault.json', 'backup']))
    expect(await wallet.get('app.create', { password: null, service: sandbox })).toMatchObject({ phase: 'unlocked' })
  })

  test('whose password is forgotten begins anew when told to while it is locked, and deletes nothing', async () => {
    const wallet = await created(goodPassword, { keychain: testKeychain('none') })
    expect(await wallet.ask('app.beginAnew', {})).toMatchObject({ code: 'not_allowed' })
    await wallet.get('app.lock', {})
    await wallet.ask('app.unlock', { password: 'forgotten' })
    expect(await wallet.get('app.beginAnew', {})).toMatchObject({ phase: 'first_run', hasPassword: false, waitUntil: null })
    const aside = readdirSync(wallet.dataDir).find(name => name.startsWith('forgotten-')) ?? ''
    expect(readdirSync(join(wallet.dataDir, aside))).toEqual(expect.arrayContaining(['wallet.db', 'vault.json', 'backup']))
    expect(await wallet.get('app.create', { password: 'other words than before it', service: sandbox })).toMatchObject({
      phase: 'unlocked',
    })
  })

  test('a keychain that does not answer is told as such, and nothing is given up', async () => {
    const wallet = await created()
    await wallet.get('app.lock', {})
    wallet.keychain.answers = false
    expect(await wallet.ask('app.unlock', { password: null })).toMatchObject({ kind: 'fault', code: 'keychain_unavailable' })
    expect(await phase(wallet)).toBe('locked')
    wallet.keychain.answers = true
    expect(await wallet.get('app.unlock', { password: null })).toMatchObject({ phase: 'unlocked' })
  })

  test('keeps the backups of three days', async () => {
    const wallet = await created()
    await backedUp(wallet)
    for (let day = 0; day < 3; day += 1) {
      await wallet.get('app.lock', {})
      await wallet.clock.moves(86_400_000)
      const before = backupsIn(wallet).at(-1)
      await wallet.get('app.unlock', { password: null })
      await vi.waitFor(() => expect(backupsIn(wallet).at(-1)).not.toBe(before), 15_000)
    }
    await vi.waitFor(() => expect(backupsIn(wallet)).toHaveLength(3))
  })
})
