import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore, type SqliteLedger } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { createSerialWriter } from '#storage/sqlite/serial.ts'

// The accounts that a store has seen are kept in memory for as long as they stand. Here they stand no more.

const ana: AccountId = 'holder:ana:EUR'
const bank: AccountId = 'rail:bank:EUR'
let path = ''
let dbs: Database[] = []
let sent = 0

const open = (): { readonly db: Database; readonly ledger: SqliteLedger } => {
  const db = openDatabase({ path, key: null, migrations: ledgerMigrations, application: 'service' })
  dbs.push(db)
  return { db, ledger: createLedgerStore(db) }
}
const top = (minor: bigint): LedgerCommand => {
  sent += 1
  const legs = [
    { account: ana, minor },
    { account: bank, minor: -minor },
  ]
  return { id: `p${sent}`, at: sent, type: 'post', kind: 'top_up', subject: `s${sent}`, effectiveAt: sent, legs }
}
const codeOf = (answer: ReturnType<SqliteLedger['postNow']>): string => (answer.ok ? 'done' : answer.decline.code)

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'okpay-seen-')), 'book.db')
  sent = 0
  dbs = []
  const { ledger } = open()
  for (const account of [ana, bank]) ledger.postNow({ id: `open ${account}`, at: 1, type: 'open', account })
  expect(codeOf(ledger.postNow(top(500n)))).toBe('done')
})
afterEach(() => {
  for (const db of dbs) db.close()
  rmSync(join(path, '..'), { recursive: true, force: true })
})

test('what another connection wrote is known to the next command, and both go on in turn', async () => {
  const [one, other] = [open().ledger, open().ledger]
  for (let turn = 0; turn < 5; turn += 1) for (const ledger of [one, other, other]) expect(codeOf(ledger.postNow(top(-30n)))).toBe('done')
  expect(codeOf(one.postNow(top(-51n)))).toBe('insufficient_funds')
  expect(codeOf(other.postNow({ id: 'freeze', at: 99, type: 'freeze', account: ana }))).toBe('done')
  expect(codeOf(one.postNow(top(-1n)))).toBe('account_frozen')
  expect(await one.account(ana)).toMatchObject({ posted: 50n, version: 16, status: 'frozen' })
})

test('what was undone with the work around it, alone or in a batch, was never there', async () => {
  const { db, ledger } = open()
  const serial = createSerialWriter(db)
  const failing = (minor: bigint) =>
    serial.write(async () => {
      expect((await ledger.post(top(minor))).ok).toBe(true)
      throw new Error('the rest failed')
    })
  const posting = (minor: bigint) => serial.write(async () => codeOf(await ledger.post(top(minor))))
  await expect(failing(-500n)).rejects.toThrow('the rest failed')
  expect(await posting(-100n)).toBe('done')
  const batch = await Promise.allSettled([posting(-100n), failing(-300n), posting(-100n), failing(1_000n), posting(-201n), posting(-200n)])
  expect(batch.map(one => (one.status === 'fulfilled' ? one.value : 'undone'))).toEqual([
    'done',
    'undone',
    'done',
    'undone',
    'insufficient_funds',
    'done',
  ])
  expect(await ledger.account(ana)).toMatchObject({ posted: 0n, version: 5 })
})

test('a batch of which the tables refuse a part leaves nothing in memory', async () => {
  const { db, ledger } = open()
  expect(codeOf(ledger.postNow(top(1n)))).toBe('done')
  db.exec(`CREATE TRIGGER refuses BEFORE INSERT ON ledger_leg WHEN NEW.lo = 7 BEGIN SELECT RAISE(ABORT, 'no sevens'); END`)
  expect(() => ledger.postAll([top(-400n), top(7n)])).toThrow('no sevens')
  expect(codeOf(ledger.postNow(top(-500n)))).toBe('done')
  expect(await ledger.account(ana)).toMatchObject({ posted: 1n, version: 3 })
})

test('what a hand did on the same connection is known to the next command', () => {
  const { db, ledger } = open()
  expect(codeOf(ledger.postNow(top(1n)))).toBe('done')
  db.exec(`UPDATE ledger_account SET status = 'closed' WHERE id = '${ana}'`)
  expect(codeOf(ledger.postNow(top(1n)))).toBe('account_closed')
})
