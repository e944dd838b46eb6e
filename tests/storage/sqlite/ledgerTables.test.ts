import { expect, test } from 'vitest'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { createSerialWriter } from '#storage/sqlite/serial.ts'

const openBook = () => {
  const db = openDatabase({ path: ':memory:', key: null, migrations: ledgerMigrations, application: 'service' })
  const ledger = createLedgerStore(db)
  const top = (id: string, minor: bigint) =>
    ({
      id,
      at: 1,
      type: 'post',
      kind: 'top_up',
      subject: 's',
      effectiveAt: 1,
      legs: [
        { account: 'holder:a:EUR', minor },
        { account: 'rail:b:EUR', minor: -minor },
      ],
    }) as const
  ledger.postAll([
    { id: 'o1', at: 1, type: 'open', account: 'holder:a:EUR' },
    { id: 'o2', at: 1, type: 'open', account: 'rail:b:EUR' },
    top('p1', 500n),
    { id: 'h1', at: 1, type: 'hold', account: 'holder:a:EUR', minor: 200n, subject: 's', expiresAt: 9 },
  ])
  return { db, ledger, top }
}

test('postings and legs cannot be changed or deleted, not even by SQL', () => {
  const { db } = openBook()
  for (const table of ['posting', 'leg']) {
    expect(() => db.exec(`DELETE FROM ledger_${table}`)).toThrow(/immutable/)
    expect(() => db.exec(`UPDATE ledger_${table} SET ${table === 'leg' ? 'lo = 1' : `kind = 'fee'`}`)).toThrow(/immutable/)
  }
})

test('the tables refuse an overdrawn account, a second version, a limb out of range and a hold that resolves twice', () => {
  const { db } = openBook()
  expect(() => db.exec(`UPDATE ledger_account SET posted_lo = 199 WHERE id = 'holder:a:EUR'`)).toThrow(/CHECK/)
  expect(() => db.exec(`UPDATE ledger_account SET posted_lo = 1000000000`)).toThrow(/CHECK/)
  expect(() =>
    db.exec('INSERT INTO ledger_leg SELECT account, version, posting, 9, hi, lo, after_hi, after_lo FROM ledger_leg LIMIT 1'),
  ).toThrow(/UNIQUE/)
  db.exec(`UPDATE ledger_hold SET state = 'released'`)
  expect(() => db.exec(`UPDATE ledger_hold SET state = 'open'`)).toThrow(/resolves once/)
})

test('a post inside a write is undone with it, and can then be asked again', async () => {
  const { db, ledger, top } = openBook()
  const serial = createSerialWriter(db)
  const failed = serial.write(async () => {
    await ledger.post(top('p2', 10n))
    throw new Error('the rest failed')
  })
  await expect(failed).rejects.toThrow('the rest failed')
  expect((await ledger.account('holder:a:EUR'))?.posted).toBe(500n)
  expect((await serial.write(() => ledger.post(top('p2', 11n)))).ok).toBe(true)
})

test('a batch is one commit in which each command keeps its own answer', async () => {
  const { ledger, top } = openBook()
  const answers = ledger.postAll([top('p3', 1n), top('p4', -10_000n), top('p5', 2n), top('p3', 1n)])
  expect(answers.map(answer => (answer.ok ? 'done' : answer.decline.code))).toEqual(['done', 'insufficient_funds', 'done', 'done'])
  expect(answers[3]).toEqual(answers[0])
  expect((await ledger.account('holder:a:EUR'))?.posted).toBe(503n)
})
