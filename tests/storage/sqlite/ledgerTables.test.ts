import fc from 'fast-check'
import { expect, test } from 'vitest'
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

// What a hand must not do to either store's book is in tests/conformance/handsInSql.ts; here is what only these columns can say.
test.each([
  ['a pair that says half', `'[]', 1, 2, 2, NULL, 0, 0, 5`],
  ['a pair that names other legs as well', `'[[1,2,0,0,50],[2,2,0,0,-50]]', 1, 2, 2, 2, 0, 0, 5`],
])('%s is refused', (_, named) => {
  const { db } = openBook()
  const columns = 'id, kind, subject, effective_at, recorded_at, legs, first, first_version, second, second_version, hi, mid, lo'
  expect(() => db.exec(`INSERT INTO ledger_journal (${columns}) VALUES ('x', 'fee', 's', 1, 1, ${named})`)).toThrow(/CHECK/)
})

test.each([
  ['a limb out of range', 'held_lo = 1000000000000'],
  ['limbs of two signs', 'held_mid = 1, held_lo = -1'],
])('%s is refused', (_, held) => {
  const { db } = openBook()
  expect(() => db.exec(`UPDATE ledger_account SET ${held} WHERE n = 2`)).toThrow(/CHECK/)
})

test('what adds up is taken, with carries between limbs', () => {
  const { db } = openBook()
  const chain = 'c'.repeat(43)
  const leg = (values: string) =>
    db.exec(
      `INSERT INTO ledger_leg (account, version, posting, hi, mid, lo, after_hi, after_mid, after_lo, chain) VALUES (${values}, '${chain}')`,
    )
  const next = '(SELECT max(n) FROM ledger_journal)'
  const legs = '[[1,2,0,999999999999,999999999999],[2,2,0,-999999999999,-999999999999]]'
  db.transaction(() => {
    db.exec(`INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs) VALUES ('x', 'fee', 's', 1, 1, '${legs}')`)
    leg(`1, 2, ${next}, 0, 999999999999, 999999999999, 1, 0, 499`)
    leg(`2, 2, ${next}, 0, -999999999999, -999999999999, -1, 0, -499`)
  })
  const [ours] = ledgerRows(db).accountsOf('a')
  expect(ours?.state.posted).toBe(10n ** 24n + 499n)
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

test('an account holds what its open holds hold, of any size, with carries between limbs', () => {
  const size = fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 13n }), fc.bigInt({ min: 1n, max: 10n ** 36n }))
  const part = fc.tuple(fc.nat(4), fc.bigInt({ min: 1n, max: 100n }), fc.constantFrom('capture', 'capture', 'release'))
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 5 }), fc.array(part, { maxLength: 8 }), (sizes, parts) => {
      const { db, ledger, top } = openBook()
      const left = sizes.map((minor, of) => ({ id: `held${of}`, minor }))
      ledger.postNow(top('plenty', 10n ** 37n))
      for (const { id, minor } of left)
        ledger.postNow({ id, at: 1, type: 'hold', account: 'holder:a:EUR', minor, subject: 's', expiresAt: 9 })
      const holds = () => ledgerRows(db).accountsOf('a')[0]?.state.held
      const rest = () => left.reduce((sum, { minor }) => sum + minor, 200n)
      expect(holds()).toBe(rest())
      for (const [n, [of, percent, type]] of parts.entries()) {
        const hold = left[of % left.length]
        if (!hold) continue
        const minor = type === 'release' ? hold.minor : (hold.minor * percent + 99n) / 100n
        const legs = [
          { account: 'holder:a:EUR', minor: -minor },
          { account: 'rail:b:EUR', minor },
        ] as const
        const { id } = hold
        if (type === 'release') ledger.postNow({ id: `of${n}`, at: 2, type, hold: id })
        else ledger.postNow({ id: `of${n}`, at: 2, type: 'capture', hold: id, kind: 'payment', subject: 's', final: false, legs })
        hold.minor -= minor
        expect(holds()).toBe(rest())
      }
      db.close()
    }),
    { numRuns: 40 },
  )
})
