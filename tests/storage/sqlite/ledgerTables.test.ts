import { describe, expect, test } from 'vitest'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerRows } from '#storage/sqlite/ledgerRows.ts'
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

describe('a hand in SQL cannot break the book:', () => {
  const entry = (legs: string) =>
    `INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs) VALUES ('x', 'fee', 's', 1, 1, '${legs}')`
  const pair = (named: string, legs = '[]') =>
    `INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs, first, first_version, second, second_version, hi, mid, lo)
     VALUES ('x', 'fee', 's', 1, 1, '${legs}', ${named})`
  const chain = 'c'.repeat(43)
  const leg = (values: string) =>
    `INSERT INTO ledger_leg (account, version, posting, hi, mid, lo, after_hi, after_mid, after_lo, chain) VALUES (${values}, '${chain}')`
  const next = '(SELECT max(n) FROM ledger_journal)'
  const takes = entry('[[1,2,0,0,-400],[2,2,0,0,400]]')

  test.each([
    ['legs that do not sum to zero', [entry('[[1,2,0,0,5],[2,2,0,0,-4]]')], /sum to zero/],
    ['three legs that do not sum to zero', [entry('[[1,2,0,0,5],[2,2,0,0,-4],[2,3,0,0,-2]]')], /sum to zero/],
    ['legs that sum to zero over two currencies only', [entry('[[1,2,0,0,5],[3,1,0,0,-5]]')], /sum to zero/],
    ['legs of which one has no amount', [entry('[[1,2,0,0,5],[2,2,0,0]]')], /sum to zero/],
    ['legs of which one has no account', [entry('[[1,2,0,0,5],[99,1,0,0,-5]]')], /sum to zero/],
    ['a pair over two currencies', [pair('1, 2, 3, 1, 0, 0, 5')], /sum to zero/],
    ['a pair with an account that is not there', [pair('1, 2, 99, 1, 0, 0, 5')], /sum to zero/],
    ['a pair that says half', [pair('1, 2, 2, NULL, 0, 0, 5')], /CHECK/],
    ['a pair that names other legs as well', [pair('1, 2, 2, 2, 0, 0, 5', '[[1,2,0,0,50],[2,2,0,0,-50]]')], /CHECK/],
    [
      'a leg of another amount than its pair',
      [pair('1, 2, 2, 2, 0, 0, 5'), leg(`1, 2, ${next}, 0, 0, 50, 0, 0, 550`)],
      /named by its posting/,
    ],
    [
      'a leg that gets what its pair gives',
      [pair('1, 2, 2, 2, 0, 0, 5'), leg(`2, 2, ${next}, 0, 0, 5, 0, 0, -495`)],
      /named by its posting/,
    ],
    ['a leg of no posting', [leg('1, 2, 99, 0, 0, 5, 0, 0, 505')], /named by its posting/],
    ['a leg that an old posting does not name', [leg('1, 2, 3, 0, 0, 5, 0, 0, 505')], /named by its posting/],
    ['a leg of another amount than named', [takes, leg(`1, 2, ${next}, 0, 0, -40, 0, 0, 460`)], /named by its posting/],
    [
      'a leg that leaves another balance',
      [entry('[[1,2,0,0,-5],[2,2,0,0,5]]'), leg(`1, 2, ${next}, 0, 0, -5, 0, 0, 500`)],
      /follows the one before/,
    ],
    ['a gap in the versions', [entry('[[1,3,0,0,-5],[2,2,0,0,5]]'), leg(`1, 3, ${next}, 0, 0, -5, 0, 0, 495`)], /follows the one before/],
    ['a version twice', [entry('[[1,1,0,0,-5],[2,2,0,0,5]]'), leg(`1, 1, ${next}, 0, 0, -5, 0, 0, -5`)], /follows the one before|UNIQUE/],
    ['what takes money that is held', [takes, leg(`1, 2, ${next}, 0, 0, -400, 0, 0, 100`)], /covered/],
    ['holding more than there is', ['UPDATE ledger_account SET held_lo = 501 WHERE n = 1'], /cover what is held/],
    ['letting an account go below zero', ['UPDATE ledger_account SET may_go_below_zero = 1 WHERE n = 1'], /never changes/],
    ['deleting an account', ['DELETE FROM ledger_account'], /stays in the book/],
    ['deleting a hold', ['DELETE FROM ledger_hold'], /stays in the book/],
    ['resolving a hold twice', [`UPDATE ledger_hold SET state = 'released'`, `UPDATE ledger_hold SET state = 'open'`], /resolves once/],
    ['another amount of a hold', ['UPDATE ledger_hold SET lo = 1'], /resolves once/],
    ['capturing more than is held', ['UPDATE ledger_hold SET captured_lo = 201'], /CHECK/],
    ['a limb out of range', ['UPDATE ledger_account SET held_lo = 1000000000000'], /CHECK/],
    ['limbs of two signs', ['UPDATE ledger_account SET held_mid = 1, held_lo = -1 WHERE n = 2'], /CHECK/],
    [
      'reversing twice',
      [1, 2].map(
        n =>
          `INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs, reverses) VALUES ('r${n}', 'reversal', 's', 1, 1, '[]', 'p1')`,
      ),
      /UNIQUE/,
    ],
  ] as const)('%s', (_, statements, refusal) => {
    const { db, ledger } = openBook()
    ledger.postNow({ id: 'o3', at: 1, type: 'open', account: 'rail:b:USD' })
    const before = db.prepare('SELECT * FROM ledger_state').all()
    expect(() => db.transaction(() => statements.forEach(db.exec))).toThrow(refusal)
    expect(db.prepare('SELECT * FROM ledger_state').all()).toEqual(before)
  })

  test('and what adds up is taken, with carries between limbs', () => {
    const { db } = openBook()
    const big = 10n ** 24n
    db.transaction(() => {
      db.exec(
        entry('[[1,2,1,0,-1],[2,2,-1,0,1]]')
          .replace('[1,2,1,0,-1]', '[1,2,0,999999999999,999999999999]')
          .replace('[2,2,-1,0,1]', '[2,2,0,-999999999999,-999999999999]'),
      )
      db.exec(leg(`1, 2, ${next}, 0, 999999999999, 999999999999, 1, 0, 499`))
      db.exec(leg(`2, 2, ${next}, 0, -999999999999, -999999999999, -1, 0, -499`))
    })
    const [ours] = ledgerRows(db).accountsOf('a')
    expect(ours?.state.posted).toBe(big + 499n)
  })
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
    { account: 'holder:a:EUR', minor: -30n },
  ] as const
  ledger.postNow({ id: 'p2', at: 2, type: 'post', kind: 'fee', subject: 's', effectiveAt: 2, legs })
  expect((await ledger.posting('p2'))?.legs).toMatchObject([
    { account: 'rail:b:EUR', minor: 30n, after: -470n, version: 2 },
    { account: 'holder:a:EUR', minor: -30n, after: 470n, version: 2 },
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
