import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { AppState } from '#contracts/bridge/app.ts'
import { systemClock } from '#main/clock.ts'
import { openKeychain } from '#main/vault/keychain.ts'
import { createVault } from '#main/vault/vault.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import {
  accountPassword,
  appPassword,
  confirms,
  dataFolder,
  euroCents,
  eventually,
  hasEuro,
  newId,
  operatorOf,
  orderOfNoteBooks,
  registers,
  startEntry,
  startService,
  startWallet,
  told,
  type WalletProcess,
  whenServiceIs,
} from '../support/processes.ts'

const pageBytes = 4096
const money = { posted: 5_000 - 1_850, held: 0 }

let master: { readonly folder: string; readonly email: string } | undefined
afterAll(() => {
  if (master) rmSync(master.folder, { recursive: true, force: true })
})

/** A folder of a person with EUR 31.50 after one payment, on which nothing runs. Made once, copied for each test. */
async function folderOfAPerson(): Promise<{ readonly folder: string; readonly email: string }> {
  if (!master) {
    const made = mkdtempSync(join(tmpdir(), 'okpay-person-'))
    const wallet = await startWallet(made)
    const email = await registers(wallet)
    const registeredAt = Date.parse((await wallet.get('account.profile', {})).registeredAt)
    await hasEuro(wallet, '50.00')
    const code = await orderOfNoteBooks(operatorOf(join(made, 'service')).url)
    expect((await confirms(wallet, code, newId())).state).toBe('captured')
    await eventually(async () => expect(await euroCents(wallet)).toEqual(money))
    await eventually(() => {
      const copy = readdirSync(join(made, 'backup')).find(name => /^wallet-\d{8}\.db$/.test(name))
      expect(statSync(join(made, 'backup', copy ?? '')).mtimeMs).toBeGreaterThan(registeredAt)
    })
    expect(await wallet.stop()).toBe(0)
    master = { folder: made, email }
  }
  const folder = dataFolder('book')
  cpSync(master.folder, folder, { recursive: true })
  return { folder, email: master.email }
}

/** Turns over the bits of one byte in the middle of each of these pages. */
function damage(path: string, pages: readonly number[]): void {
  const bytes = readFileSync(path)
  for (const page of pages) {
    const at = page * pageBytes + 1_000
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  }
  writeFileSync(path, bytes)
}

const pagesOf = (path: string): number => statSync(path).size / pageBytes
const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
const stateOf = (wallet: WalletProcess): Promise<AppState> => wallet.get('app.state', {})
const unlock = (wallet: WalletProcess): Promise<unknown> => wallet.ask('app.unlock', { password: appPassword })

/** The account as the service has it, fetched anew where the copy did not know it. */
async function accountIsBack(wallet: WalletProcess, email: string): Promise<void> {
  await whenServiceIs(wallet, 'online')
  if (!(await stateOf(wallet)).signedIn) await wallet.get('account.signIn', { email, password: accountPassword })
  await eventually(async () => expect(await euroCents(wallet)).toEqual(money))
  await eventually(async () => {
    const { rows } = await wallet.get('history.page', { filter: {}, after: null, limit: 50 })
    expect(rows.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(['payment done', 'top_up done'])
  })
}

describe('a damaged wallet file', () => {
  test.each([
    ['in its first page', () => [0]],
    ['in every page', (count: number) => Array.from({ length: count }, (_, page) => page)],
  ])('%s is told with an offer to restore, and restoring brings the account back', async (_where, choose) => {
    const { folder, email } = await folderOfAPerson()
    const file = join(folder, 'wallet.db')
    damage(file, choose(pagesOf(file)))
    const damaged = digestOf(file)
    const wallet = await startWallet(folder)
    expect((await stateOf(wallet)).phase).toBe('locked')
    await unlock(wallet)
    const state = await stateOf(wallet)
    expect(state).toMatchObject({ phase: 'unreadable', unreadable: { code: 'database_damaged', backupAt: expect.any(String) } })
    expect(digestOf(file)).toBe(damaged)
    expect(await wallet.get('app.restoreBackup', {})).toMatchObject({ phase: 'unlocked', unreadable: null, signedIn: true })
    await accountIsBack(wallet, email)
    const kept = readdirSync(folder).filter(name => /^wallet\.db\.damaged-[\dTZ-]+$/.test(name))
    expect(kept.map(name => digestOf(join(folder, name)))).toEqual([damaged])
  })

  test('in any one page is told, or what is read from it is right', async () => {
    const { folder } = await folderOfAPerson()
    const file = join(folder, 'wallet.db')
    const sound = readFileSync(file)
    const count = pagesOf(file)
    for (const page of [1, count - 1]) {
      writeFileSync(file, sound)
      damage(file, [page])
      const wallet = await startWallet(folder)
      await unlock(wallet)
      for (const ask of [
        async () => expect(await euroCents(wallet)).toEqual(money),
        async () => expect((await wallet.get('history.page', { filter: {}, after: null, limit: 50 })).rows).toHaveLength(2),
      ])
        if ((await stateOf(wallet)).phase === 'unlocked')
          await ask().catch(async error => {
            if ((await stateOf(wallet)).phase !== 'unreadable') throw error
          })
      expect(['unlocked', 'unreadable']).toContain((await stateOf(wallet)).phase)
      await wallet.stop()
    }
  })

  test('with a damaged log of what was not in it yet opens or is told, and the account comes back', async () => {
    const { folder, email } = await folderOfAPerson()
    const first = await startWallet(folder)
    await unlock(first)
    await accountIsBack(first, email)
    await hasEuro(first, '7.00')
    await eventually(async () => expect((await euroCents(first)).posted).toBe(money.posted + 700))
    await first.kill()
    const log = join(folder, 'wallet.db-wal')
    const bytes = readFileSync(log)
    for (let at = 200; at < bytes.length; at += 2_000) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
    writeFileSync(log, bytes)
    const wallet = await startWallet(folder)
    await unlock(wallet)
    if ((await stateOf(wallet)).phase === 'unreadable') await wallet.get('app.restoreBackup', {})
    await whenServiceIs(wallet, 'online')
    if (!(await stateOf(wallet)).signedIn) await wallet.get('account.signIn', { email, password: accountPassword })
    await eventually(async () => expect((await euroCents(wallet)).posted).toBe(money.posted + 700))
  })

  test('that is gone is never made anew in silence', async () => {
    const { folder, email } = await folderOfAPerson()
    rmSync(join(folder, 'wallet.db'))
    const wallet = await startWallet(folder)
    await unlock(wallet)
    expect(await stateOf(wallet)).toMatchObject({ phase: 'unreadable', unreadable: { code: 'database_damaged' } })
    expect(existsSync(join(folder, 'wallet.db'))).toBe(false)
    await wallet.get('app.restoreBackup', {})
    await accountIsBack(wallet, email)
  })
})

test('after five wrong passwords there is a wait, and starting again does not shorten it', async () => {
  const { folder } = await folderOfAPerson()
  const first = await startWallet(folder)
  const codes: string[] = []
  for (let tries = 0; tries < 5; tries += 1) {
    const told = await first.ask('app.unlock', { password: `not this one ${tries}` })
    codes.push(told.ok ? 'opened' : told.code)
  }
  expect(codes).toEqual([...Array(4).fill('app_password_wrong'), 'app_password_wait'])
  const { waitUntil } = await stateOf(first)
  await first.kill()
  const second = await startWallet(folder)
  expect((await stateOf(second)).waitUntil).toBe(waitUntil)
  expect(Date.parse(waitUntil ?? '')).toBeGreaterThan(Date.now())
  expect(await unlock(second)).toMatchObject({ ok: false, kind: 'decline', code: 'app_password_wait', detail: { at: waitUntil } })
})

/** The keys of the wallet of a folder, by its app password. */
async function keysOf(folder: string) {
  const vault = createVault({
    path: join(folder, 'vault.json'),
    copyPath: join(folder, 'backup', 'vault.json'),
    keychain: await openKeychain({ OKPAY_KEYCHAIN: 'off' }),
    clock: systemClock,
  })
  const opened = await vault.open(appPassword)
  if (!opened.ok) throw new Error(opened.decline.code)
  return opened.value
}

/** As a later build leaves it: with a migration that this one does not know. */
function makeNewer(path: string, key: Uint8Array, application: 'wallet' | 'service'): void {
  const migrations = application === 'wallet' ? walletMigrations : [...ledgerMigrations, ...serviceMigrations]
  const db = openDatabase({ path, key, migrations, application, mustExist: true })
  db.exec(`INSERT INTO applied_migration (name, version) VALUES ('of-a-later-build', 99)`)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
}

const filesOf = (folder: string, name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter(file => file.startsWith(name) && statSync(join(folder, file)).isFile())
      .map(file => [file, digestOf(join(folder, file))]),
  )

describe('a file of a newer build', () => {
  test('of the wallet is refused and stays as it is, byte for byte', async () => {
    const { folder } = await folderOfAPerson()
    makeNewer(join(folder, 'wallet.db'), (await keysOf(folder)).databaseKey, 'wallet')
    const before = filesOf(folder, 'wallet.db')
    const wallet = await startWallet(folder)
    await unlock(wallet)
    expect(await stateOf(wallet)).toMatchObject({ phase: 'unreadable', unreadable: { code: 'database_newer' } })
    expect(await wallet.ask('app.restoreBackup', {})).toMatchObject({ ok: false, code: 'not_allowed' })
    await wallet.stop()
    expect(filesOf(folder, 'wallet.db')).toEqual(before)
  })

  test('of the service is refused in words and stays as it is, byte for byte', async () => {
    const folder = dataFolder('book-service')
    const service = await startService(folder)
    await service.stop()
    const key = Buffer.from(readFileSync(join(folder, 'database.key'), 'utf8').trim(), 'hex')
    makeNewer(join(folder, 'service.db'), key, 'service')
    const before = filesOf(folder, 'service.db')
    const again = await startEntry('service.js', { args: ['serve', '--data', folder], env: { OKPAY_SANDBOX: '1' } })
    expect([await again.ended(), again.said()]).toEqual([3, expect.stringMatching(/written by a newer OKPAY. It was left untouched/)])
    expect(filesOf(folder, 'service.db')).toEqual(before)
  })
})

test('a damaged book of the service is refused in words by the service, and never made anew', async () => {
  const folder = dataFolder('book-service')
  const service = await startService(folder)
  await service.stop()
  const file = join(folder, 'service.db')
  damage(file, [0])
  const damaged = digestOf(file)
  const again = await startEntry('service.js', { args: ['serve', '--data', folder], env: { OKPAY_SANDBOX: '1' } })
  expect([await again.ended(), digestOf(file)]).toEqual([3, damaged])
  expect(again.said().trim()).not.toBe('')
  expect(again.said()).not.toMatch(/^\s+at /m)
})

const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const mount = (...words: readonly string[]) => execFileSync('mount', words)

/** A disk of a few megabytes; undefined where this user may not mount one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = dataFolder('disk')
  if (!isRoot) return undefined
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder)
    return folder
  } catch {
    return undefined
  }
}

const noMount = 'a small disk can be mounted by root on Linux only'

describe('a disk of its own', () => {
  test('that is full is told; nothing is lost, and all goes on when there is room again', async context => {
    const disk = smallDisk(24) ?? context.skip(noMount)
    const filler = join(disk, 'filler')
    try {
      const wallet = await startWallet(join(disk, 'wallet'))
      await registers(wallet)
      await hasEuro(wallet, '50.00')
      const code = await orderOfNoteBooks(operatorOf(join(disk, 'wallet', 'service')).url)
      fill(filler)
      const id = newId()
      const failures: string[] = []
      for (let tries = 0; tries < 40 && !failures.includes('disk_full'); tries += 1) {
        const told = await wallet.ask('topUps.create', { id: newId(), amount: { currency: 'EUR', value: '1.00' } })
        failures.push(told.ok ? 'done' : told.code)
        fill(filler)
      }
      expect(failures).toContain('disk_full')
      const payment = await confirms(wallet, code, id).then(
        ({ state }) => state,
        error => String(error),
      )
      expect(payment).toMatch(/disk_full|pending/)
      expect((await stateOf(wallet)).phase).toBe('unlocked')
      expect((await euroCents(wallet)).posted).toBe(5_000)
      rmSync(filler)
      await whenServiceIs(wallet, 'online')
      await eventually(async () =>
        expect((await confirms(wallet, code, id).catch(() => wallet.get('payments.get', { id }))).state).toBe('captured'),
      )
      await eventually(async () => expect(await euroCents(wallet)).toEqual(money))
      expect(await wallet.stop()).toBe(0)
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  test('that became read-only is told while the wallet runs and refused at its start', async context => {
    const disk = smallDisk(32) ?? context.skip(noMount)
    try {
      const folder = join(disk, 'wallet')
      const wallet = await startWallet(folder)
      await registers(wallet)
      await hasEuro(wallet, '50.00')
      await wallet.stop()
      mount('-o', 'remount,ro', disk)
      const refused = await startEntry('loopback.js', { args: ['--data-dir', folder] })
      expect([await refused.ended(), refused.said()]).toEqual([3, expect.stringContaining('read-only')])
      mount('-o', 'remount,rw', disk)
      const again = await startWallet(folder)
      await unlock(again)
      await whenServiceIs(again, 'online')
      await eventually(async () => expect((await euroCents(again)).posted).toBe(5_000))
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })
})

test('a folder that this user may not write is refused in words', async context => {
  if (!isRoot) context.skip('only root can become another user')
  const { folder } = await folderOfAPerson()
  const before = filesOf(folder, '')
  const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const refused = await startEntry('loopback.js', { args: ['--data-dir', folder], through })
  await told(refused, /(OKPAY may not write to)/)
  expect(await refused.ended()).toBe(3)
  expect(filesOf(folder, '')).toEqual(before)
})

/** Takes all the room that is left. */
function fill(path: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=4k', 'oflag=append', 'conv=notrunc'], { stdio: 'ignore' })
  } catch {
    // It ends where the room does.
  }
}
