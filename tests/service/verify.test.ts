import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import { verify } from '#service/program/verify.ts'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'

const key = new Uint8Array(32).fill(7)
const people = ['a', 'b', 'c'].map((who): AccountId => `holder:${who}:EUR`)
const bank: AccountId = 'rail:bank:EUR'
let folder = ''
let path = ''

const open = () => openDatabase({ path, key, migrations: [...ledgerMigrations, ...serviceMigrations], application: 'service' })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-verify-'))
  path = join(folder, 'book.db')
  const db = open()
  const ledger = createLedgerStore(db)
  for (const account of [...people, bank]) ledger.postNow({ id: `open ${account}`, at: 1, type: 'open', account })
  for (let n = 0; n < 30; n += 1) {
    const account = people[n % 3] ?? bank
    const legs = [
      { account, minor: 1_000n + BigInt(n) },
      { account: bank, minor: -1_000n - BigInt(n) },
    ]
    ledger.postNow({ id: `p${n}`, at: n, type: 'post', kind: 'top_up', subject: `s${n}`, effectiveAt: n, legs })
  }
  const three = [...people.slice(0, 2).map(account => ({ account, minor: 50n })), { account: bank, minor: -100n }]
  ledger.postNow({ id: 'p30', at: 39, type: 'post', kind: 'top_up', subject: 's30', effectiveAt: 39, legs: three })
  ledger.postNow({ id: 'h', at: 40, type: 'hold', account: 'holder:a:EUR', minor: 500n, subject: 'o', expiresAt: 99 })
  ledger.postNow({ id: 'r', at: 41, type: 'reverse', posting: 'p29', subject: 's', effectiveAt: 41 })
  db.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function verified() {
  const book = openBookReader({ path, key })
  try {
    return await verify(book)
  } finally {
    book.close()
  }
}

/** A hand that has taken the guards of the tables away. */
function tamper(work: (db: Database) => void): void {
  const db = open()
  for (const { name } of db.prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all())
    db.exec(`DROP TRIGGER ${name}`)
  work(db)
  db.close()
}

test('a sound book is told as one, with what was checked', async () => {
  expect(await verified()).toEqual({ postings: 32, accounts: 4, wrong: null })
})

test.each([
  ['an amount', `UPDATE ledger_journal SET lo = lo + 1 WHERE id = 'p4'`, /^posting p4 names a leg that is not in the book so$/],
  [
    'a balance',
    `UPDATE ledger_leg SET after_lo = after_lo + 1 WHERE account = 1 AND version = 2`,
    /^holder:a:EUR does not add up at version 2$/,
  ],
  [
    'a link',
    `UPDATE ledger_leg SET chain = replace(chain, substr(chain, 1, 1), '_') WHERE account = 2 AND version = 3`,
    /^holder:b:EUR was changed at version 3 \(posting p7\)$/,
  ],
  ['a purpose', `UPDATE ledger_journal SET subject = 'other' WHERE id = 'p8'`, /^holder:c:EUR was changed at version 3 \(posting p8\)$/],
  ['a time', `UPDATE ledger_journal SET recorded_at = 7 WHERE id = 'p8'`, /was changed at version 3/],
  ['a lost posting', `DELETE FROM ledger_journal WHERE id = 'p5'`, /^rail:bank:EUR has a gap before version 7$/],
  ['a lost leg', `DELETE FROM ledger_leg WHERE account = 3 AND version = 1`, /names a leg that is not in the book so/],
  [
    'a leg more',
    `INSERT INTO ledger_leg SELECT account, version + 1, posting, hi, mid, lo, after_hi, after_mid, after_lo, chain FROM ledger_leg WHERE account = 1 ORDER BY version DESC LIMIT 1`,
    /^holder:a:EUR is not the sum of its legs$/,
  ],
  ['what is held', `UPDATE ledger_account SET held_lo = 0 WHERE n = 1`, /holds other than its open holds/],
  ['a hold', `UPDATE ledger_hold SET state = 'released'`, /holds other than its open holds/],
  ['who an account belongs to', `UPDATE ledger_account SET id = 'holder:d:EUR' WHERE n = 2`, /holder:d:EUR was changed at version 1/],
] as const)('a book in which %s was changed is not sound, and the first bad row is named', async (_, sql, wrong) => {
  tamper(db => db.exec(sql))
  expect((await verified()).wrong).toMatch(wrong)
})

test('any change of any number or text of the journal and its legs is found', async () => {
  const sound = readFileSync(path)
  const named = ['legs', 'first', 'first_version', 'second', 'second_version', 'hi', 'mid', 'lo']
  const journal = ['kind', 'subject', 'effective_at', 'recorded_at', ...named].map(column => ['ledger_journal', 'n', column] as const)
  const ofLegs = ['account', 'version', 'posting', 'hi', 'mid', 'lo', 'after_hi', 'after_mid', 'after_lo', 'chain']
  const legs = ofLegs.map(column => ['ledger_leg', '(account, version)', column] as const)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...journal, ...legs),
      fc.nat(1000),
      fc.integer({ min: 1, max: 9 }),
      async ([table, id, column], row, by) => {
        writeFileSync(path, sound)
        tamper(db => {
          db.exec('PRAGMA ignore_check_constraints = ON')
          const change = `CASE typeof(${column}) WHEN 'integer' THEN ${column} + ${by} ELSE substr(${column}, 2) || '${by}' END`
          const rows = `FROM ${table} WHERE ${column} IS NOT NULL`
          const count = db.prepare<{ n: number }>(`SELECT count(*) AS n ${rows}`).get()?.n ?? 1
          const which = `SELECT ${id.replace(/[()]/g, '')} ${rows} LIMIT 1 OFFSET ${row % count}`
          db.exec(`UPDATE OR REPLACE ${table} SET ${column} = ${change} WHERE ${id} IN (${which})`)
        })
        expect((await verified()).wrong).not.toBeNull()
      },
    ),
    { numRuns: 100 },
  )
})
