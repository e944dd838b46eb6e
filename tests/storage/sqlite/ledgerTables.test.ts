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

test('the journal and its legs cannot be changed or deleted, not even by SQL', () => {
  const { db } = openBook()
  for (const change of [`journal SET kind = 'fee'`, `journal SET answer = '{}'`, `journal SET id = 'p9' WHERE id = 'p1'`, 'leg SET lo = 1'])
    expect(() => db.exec(`UPDATE ledger_${change}`)).toThrow(/immutable/)
  for (const table of ['journal', 'leg']) expect(() => db.exec(`DELETE FROM ledger_${table}`)).toThrow(/immutable/)
})

test('the tables refuse an id twice, an entry that says nothing and one that says half', () => {
  const { db } = openBook()
  const insert = (columns: string, values: string) => () => db.exec(`INSERT INTO ledger_journal (id, ${columns}) VALUES (${values})`)
  const posting = 'kind, subject, effective_at, recorded_at, legs'
  for (const id of ['o1', 'p1', 'h1']) {
    expect(insert('body, answer', `'${id}', 'h', '{}'`)).toThrow(/UNIQUE/)
    expect(insert(posting, `'${id}', 'fee', 's', 1, 1, '[]'`)).toThrow(/UNIQUE/)
  }
  expect(insert('body', `'new', NULL`)).toThrow(/CHECK/)
  expect(insert('body', `'new', 'h'`)).toThrow(/CHECK/)
  expect(insert('kind, subject', `'new', 'fee', 's'`)).toThrow(/CHECK/)
  expect(insert(`body, answer, legs`, `'new', 'h', '{}', '[]'`)).toThrow(/CHECK/)
})

test('the tables refuse an overdrawn account, a second version, a leg of nothing, a limb out of range and a hold that resolves twice', () => {
  const { db } = openBook()
  expect(() => db.exec(`UPDATE ledger_account SET posted_lo = 199 WHERE id = 'holder:a:EUR'`)).toThrow(/CHECK/)
  expect(() => db.exec(`UPDATE ledger_account SET posted_lo = 1000000000`)).toThrow(/CHECK/)
  const copyLeg = (version: string, posting: string) => () =>
    db.exec(`INSERT INTO ledger_leg SELECT account, ${version}, ${posting}, hi, lo, after_hi, after_lo FROM ledger_leg LIMIT 1`)
  expect(copyLeg('version', 'posting')).toThrow(/UNIQUE/)
  expect(copyLeg('version + 1', 'posting + 100')).toThrow(/FOREIGN KEY/)
  db.exec(`UPDATE ledger_hold SET state = 'released'`)
  expect(() => db.exec(`UPDATE ledger_hold SET state = 'open'`)).toThrow(/resolves once/)
})

test('what was mirrored is no command here: its id is refused to any', () => {
  const { db, ledger, top } = openBook()
  db.exec(`INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs) VALUES ('m', 'top_up', 's', 1, 1, '[]')`)
  expect(ledger.postNow(top('m', 1n))).toMatchObject({ ok: false, decline: { code: 'id_reused' } })
})

test('the legs of a posting are found by their keys, in their order, with no index that every commit would write', async () => {
  const { db, ledger } = openBook()
  const legs = [
    { account: 'rail:b:EUR', minor: 30n },
    { account: 'holder:a:EUR', minor: -50n },
    { account: 'holder:a:EUR', minor: 20n },
  ] as const
  ledger.postNow({ id: 'p2', at: 2, type: 'post', kind: 'reversal', subject: 's', effectiveAt: 2, legs })
  expect((await ledger.posting('p2'))?.legs).toEqual([
    { account: 'rail:b:EUR', minor: 30n, after: -470n, version: 2 },
    { account: 'holder:a:EUR', minor: -50n, after: 450n, version: 2 },
    { account: 'holder:a:EUR', minor: 20n, after: 470n, version: 3 },
  ])
  const indices = db.prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'ledger_leg'`).all()
  expect(indices.map(({ name }) => name)).toEqual([])
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
