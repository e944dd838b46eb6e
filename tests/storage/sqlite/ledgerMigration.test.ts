import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Outcome } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { LedgerAnswer, LedgerCommand, Leg } from '#core/ledger/command.ts'
import type { Book } from '#core/ledger/invariants.ts'
import { createMemoryLedger } from '#core/ledger/memory.ts'
import { toLimbs } from '#core/money/limbs.ts'
import { verify } from '#service/program/verify.ts'
import { digest } from '#storage/digest.ts'
import type { SqlValue } from '#storage/sqlite/connection.ts'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { answerText } from '#storage/sqlite/ledgerAnswers.ts'
import { ledgerRows } from '#storage/sqlite/ledgerRows.ts'
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

/** Of two legs and of more, amounts of one limb and of three, a hold, a part of it captured, a reversal, a decline. */
function commands(): readonly LedgerCommand[] {
  sent = 0
  const people = ['holder:a:EUR', 'holder:b:EUR'] as const
  const topUps = Array.from({ length: 40 }, (_, n) => post(move('rail:bank:EUR', people[n % 2] ?? people[0], 1_001n + BigInt(n))))
  const paid = { account: 'holder:a:EUR', minor: -500n } as const
  const shop = { account: 'merchant:s:EUR', minor: 490n } as const
  return [
    ...accounts.map((account): LedgerCommand => ({ id: `open ${account}`, at: 1, type: 'open', account })),
    ...topUps,
    post(move('rail:bank:ETH', 'holder:a:ETH', 3n * 10n ** 30n + 5n)),
    post([paid, shop, { account: 'fee:okpay:EUR', minor: 10n }]),
    { id: 'h', at: 90, type: 'hold', account: 'holder:b:EUR', minor: 700n, subject: 'o', expiresAt: 999 },
    {
      ...{ id: 'c', at: 91, type: 'capture', hold: 'h', kind: 'payment', subject: 'o', final: false },
      legs: move('holder:b:EUR', 'merchant:s:EUR', 300n),
    },
    { id: 'r', at: 92, type: 'reverse', posting: 'p3', subject: 's', effectiveAt: 92 },
    post(move('holder:b:EUR', 'holder:a:EUR', 10n ** 9n)),
  ]
}

/** The book of `commands` as the first build wrote it, each posting with its legs as JSON. @returns what it holds. */
function writeFirstBook(): Book {
  const db = open(ledgerMigrations.slice(0, 1))
  const rows = ledgerRows(db)
  const memory = createMemoryLedger(digest)
  const numberOf = (id: AccountId) => rows.account(id)?.n ?? 0
  const limbs = (minor: bigint) => Object.values(toLimbs(minor))
  const insert = (table: string, values: readonly SqlValue[]) =>
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values).lastInsertRowid
  const keepState = db.prepare('UPDATE ledger_account SET status = ?, held_hi = ?, held_mid = ?, held_lo = ? WHERE n = ?')
  const write = (command: LedgerCommand, answer: Outcome<LedgerAnswer>): void => {
    const { posting = null, hold = null, accounts: states = [] } = answer.ok ? answer.value : {}
    const legs = posting && JSON.stringify(posting.legs.map(leg => [numberOf(leg.account), leg.version, ...limbs(leg.minor)]))
    const said = posting
      ? [posting.kind, posting.subject, posting.effectiveAt, posting.recordedAt, posting.reverses]
      : Array.from({ length: 5 }, () => null)
    const n = insert('ledger_journal', [null, command.id, digest(bodyOf(command)), answerText(answer), ...said, legs])
    if (command.type === 'open') rows.openAccount(command.account)
    for (const { id, status, held } of states) keepState.run(status, ...limbs(held), numberOf(id))
    for (const { account, version, minor, after, chain } of posting?.legs ?? [])
      insert('ledger_leg', [numberOf(account), version, n, ...limbs(minor), ...limbs(after), chain])
    if (hold && command.type === 'hold') rows.keepHold(numberOf(hold.account), hold)
    else if (hold) rows.saveHold(hold)
  }
  for (const command of commands()) write(command, memory.postNow(command))
  db.close()
  return memory.book()
}

test('a book of the first build is brought up to date with all that it tells, sound, and is written on', async () => {
  const old = writeFirstBook()
  const db = open()
  const ledger = createLedgerStore(db)
  expect(await Promise.all(old.accounts.map(({ id }) => ledger.account(id)))).toEqual(old.accounts)
  expect(await Promise.all(old.postings.map(({ id }) => ledger.posting(id)))).toEqual(old.postings)
  for (const command of commands()) expect(ledger.postNow(command).ok).toBe(command.id !== `p${sent}`)
  expect(ledger.postNow({ id: 'r2', at: 99, type: 'reverse', posting: 'p4', subject: 's', effectiveAt: 92 }).ok).toBe(true)
  expect(ledger.postNow(post(move('holder:a:EUR', 'holder:b:EUR', 25n))).ok).toBe(true)
  expect(ledger.postNow({ id: 'free', at: 99, type: 'release', hold: 'h' }).ok).toBe(true)
  db.close()
  const book = openBookReader({ path, key })
  expect(await verify(book)).toEqual({ postings: old.postings.length + 2, accounts: accounts.length, wrong: null })
  book.close()
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
