import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand, Leg } from '#core/ledger/command.ts'
import { verify } from '#service/program/verify.ts'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'

const key = new Uint8Array(32).fill(9)
const accounts = [
  'holder:a:EUR',
  'holder:b:EUR',
  'merchant:s:EUR',
  'fee:okpay:EUR',
  'rail:bank:EUR',
  'holder:a:ETH',
  'rail:bank:ETH',
] as const
let path = ''
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'okpay-migration-')), 'book.db')
})
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }))

const open = (ledger = ledgerMigrations): Database =>
  openDatabase({ path, key, migrations: [...ledger, ...serviceMigrations], application: 'service' })

const move = (from: AccountId, to: AccountId, minor: bigint): readonly Leg[] => [
  { account: from, minor: -minor },
  { account: to, minor },
]
let sent = 0
const post = (legs: readonly Leg[]): LedgerCommand => {
  sent += 1
  return { id: `p${sent}`, at: sent, type: 'post', kind: 'payment', subject: `s${sent}`, effectiveAt: sent, legs }
}

/** A book as the first build wrote it: of two legs and of more, amounts of one limb and of three, a hold, a part of it captured, a reversal, a decline. */
function writeFirstBook(): void {
  const db = open(ledgerMigrations.slice(0, 1))
  const ledger = createLedgerStore(db)
  for (const account of accounts) ledger.postNow({ id: `open ${account}`, at: 1, type: 'open', account })
  for (let n = 1n; n <= 40n; n += 1n)
    ledger.postNow(post(move('rail:bank:EUR', n % 2n === 0n ? 'holder:a:EUR' : 'holder:b:EUR', 1_000n + n)))
  ledger.postNow(post(move('rail:bank:ETH', 'holder:a:ETH', 3n * 10n ** 30n + 5n)))
  ledger.postNow(
    post([
      { account: 'holder:a:EUR', minor: -500n },
      { account: 'merchant:s:EUR', minor: 490n },
      { account: 'fee:okpay:EUR', minor: 10n },
    ]),
  )
  ledger.postNow({ id: 'h', at: 90, type: 'hold', account: 'holder:b:EUR', minor: 700n, subject: 'o', expiresAt: 999 })
  const legs = move('holder:b:EUR', 'merchant:s:EUR', 300n)
  ledger.postNow({ id: 'c', at: 91, type: 'capture', hold: 'h', kind: 'payment', subject: 'o', legs, final: false })
  ledger.postNow({ id: 'r', at: 92, type: 'reverse', posting: 'p3', subject: 's', effectiveAt: 92 })
  ledger.postNow(post(move('holder:b:EUR', 'holder:a:EUR', 10n ** 9n)))
  db.close()
}

async function told(db: Database) {
  const ledger = createLedgerStore(db)
  const ids = db.prepare<{ id: string }>('SELECT id FROM ledger_journal ORDER BY n').all()
  return {
    accounts: await Promise.all(accounts.map(ledger.account)),
    postings: await Promise.all(ids.map(({ id }) => ledger.posting(id))),
  }
}

test('a book of the first build is brought up to date with all that it tells, sound, and is written on', async () => {
  writeFirstBook()
  const before = open(ledgerMigrations.slice(0, 1))
  const old = await told(before)
  before.close()
  const db = open()
  expect(await told(db)).toEqual(old)
  const ledger = createLedgerStore(db)
  const again = ledger.postNow({ id: 'r', at: 99, type: 'reverse', posting: 'p3', subject: 's', effectiveAt: 92 })
  expect(again).toMatchObject({ ok: true, value: { posting: { id: 'r', reverses: 'p3' } } })
  expect(ledger.postNow(post(move('holder:a:EUR', 'holder:b:EUR', 25n))).ok).toBe(true)
  expect(ledger.postNow({ id: 'free', at: 99, type: 'release', hold: 'h' }).ok).toBe(true)
  db.close()
  const book = openBookReader({ path, key })
  expect(await verify(book)).toEqual({ postings: old.postings.filter(Boolean).length + 1, accounts: accounts.length, wrong: null })
  await book.close()
})

test('a book that was brought up to date has the same tables, indices and guards as a new one', () => {
  const schema = (db: Database) =>
    db.prepare(`SELECT type, name, sql FROM sqlite_schema WHERE name LIKE '%ledger%' ORDER BY type, name`).all()
  writeFirstBook()
  const old = open()
  const fresh = openDatabase({
    path: ':memory:',
    key: null,
    migrations: [...ledgerMigrations, ...serviceMigrations],
    application: 'service',
  })
  expect(schema(old)).toEqual(schema(fresh))
  old.close()
  fresh.close()
})
