import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import { backUp, restore } from '#service/program/backup.ts'
import { withBook } from '#service/program/book.ts'
import { speak } from '#service/program/speech.ts'
import { verify, verifyBook } from '#service/program/verify.ts'
import { readBook } from '#storage/postgres/service/bookReader.ts'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import { withoutPassword } from '#storage/postgres/url.ts'
import { toolOrSkip } from '../../support/needs.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const people = ['a', 'b', 'c'].map((who): AccountId => `holder:${who}:EUR`)
const bank: AccountId = 'rail:bank:EUR'

/** The book of `tests/service/verify.test.ts`, in a database of its own. */
async function bookIn(context: TestContext): Promise<string> {
  const url = await (await postgres(context)).database()
  const store = await openServiceStore({ url })
  await store.write(async ({ ledger }) => {
    for (const account of [...people, bank]) await ledger.post({ id: `open ${account}`, at: 1, type: 'open', account })
    for (let n = 0; n < 30; n += 1) {
      const legs = [
        { account: people[n % 3] ?? bank, minor: 1_000n + BigInt(n) },
        { account: bank, minor: -1_000n - BigInt(n) },
      ]
      await ledger.post({ id: `p${n}`, at: n, type: 'post', kind: 'top_up', subject: `s${n}`, effectiveAt: n, legs })
    }
    await ledger.post({ id: 'h', at: 40, type: 'hold', account: 'holder:a:EUR', minor: 500n, subject: 'o', expiresAt: 99 })
    await ledger.post({ id: 'r', at: 41, type: 'reverse', posting: 'p29', subject: 's', effectiveAt: 41 })
  })
  await store.close()
  return url
}

/** A hand that may write past the references of the tables. */
async function byHand(url: string, work: (hand: pg.Client) => Promise<unknown>): Promise<void> {
  const hand = new pg.Client({ connectionString: url })
  await hand.connect()
  try {
    await hand.query(`SET session_replication_role = 'replica'`)
    await work(hand)
  } finally {
    await hand.end()
  }
}

const verified = (url: string) => readBook(url, verify)

test('a sound book is told as one, with what was checked', async context => {
  const url = await bookIn(context)
  expect(await verified(url)).toEqual({ postings: 31, accounts: 4, wrong: null })
})

test.for([
  ['an amount', `UPDATE ledger_leg SET minor = minor + 1 WHERE posting = 'p4' AND position = 1`, /^posting p4 does not sum to zero$/],
  [
    'a balance',
    `UPDATE ledger_leg SET after = after + 1 WHERE account = 'holder:a:EUR' AND version = 2`,
    /^holder:a:EUR does not add up at version 2$/,
  ],
  [
    'a link',
    `UPDATE ledger_leg SET chain = replace(chain, substr(chain, 1, 1), '_') WHERE account = 'holder:b:EUR' AND version = 3`,
    /^holder:b:EUR was changed at version 3 \(posting p7\)$/,
  ],
  ['a purpose', `UPDATE ledger_journal SET subject = 'other' WHERE id = 'p8'`, /^holder:c:EUR was changed at version 3 \(posting p8\)$/],
  ['a time', `UPDATE ledger_journal SET recorded_at = 7 WHERE id = 'p8'`, /was changed at version 3/],
  ['a lost posting', `DELETE FROM ledger_journal WHERE id = 'p5'`, /^(holder:c:EUR|rail:bank:EUR) has a gap before version/],
  ['a lost leg', `DELETE FROM ledger_leg WHERE account = 'holder:c:EUR' AND version = 1`, /^posting p2 does not sum to zero$/],
  ['lost legs', `DELETE FROM ledger_leg WHERE posting = 'p7'`, /^posting p7 has no legs$/],
  [
    'a leg more',
    `INSERT INTO ledger_leg SELECT account, version + 1, 'h', 3, minor, after, chain FROM ledger_leg WHERE account = 'holder:a:EUR' ORDER BY version DESC LIMIT 1`,
    /^holder:a:EUR is not the sum of its legs$/,
  ],
  [
    'a posting more',
    `INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at) VALUES ('x', '', '{}', 'top_up', 's', 1, 1)`,
    /^posting x has no legs$/,
  ],
  [
    'a balance of an account',
    `UPDATE ledger_account SET posted = posted + 1 WHERE id = 'holder:a:EUR'`,
    /^holder:a:EUR is not the sum of its legs$/,
  ],
  ['what is held', `UPDATE ledger_account SET held = 0 WHERE id = 'holder:a:EUR'`, /^holder:a:EUR holds other than its open holds$/],
  ['a hold', `UPDATE ledger_hold SET state = 'released'`, /^holder:a:EUR holds other than its open holds$/],
  ['how much a hold holds', `UPDATE ledger_hold SET minor = minor + 1`, /^holder:a:EUR holds other than its open holds$/],
  [
    'who an account belongs to',
    `UPDATE ledger_account SET id = 'holder:d:EUR' WHERE id = 'holder:b:EUR'; UPDATE ledger_leg SET account = 'holder:d:EUR' WHERE account = 'holder:b:EUR'`,
    /holder:d:EUR was changed at version 1/,
  ],
] as const)('a book in which %s was changed is not sound, and the first bad row is named', async ([, sql, wrong], context) => {
  const url = await bookIn(context)
  await byHand(url, hand => hand.query(sql))
  expect((await verified(url)).wrong).toMatch(wrong)
})

const hashed: Readonly<Record<string, readonly string[]>> = {
  ledger_journal: ['kind', 'subject', 'effective_at', 'recorded_at'],
  ledger_leg: ['account', 'version', 'posting', 'minor', 'after', 'chain'],
  ledger_account: ['id', 'posted', 'held', 'version', 'chain'],
  ledger_hold: ['account', 'minor', 'captured'],
}

test('any change of any number or text that counts is refused by the tables or found', async context => {
  const url = await bookIn(context)
  const cells = Object.entries(hashed).flatMap(([table, columns]) => columns.map(column => [table, column] as const))
  await byHand(url, async hand => {
    for (const table of Object.keys(hashed)) await hand.query(`CREATE TABLE sound_${table} AS SELECT * FROM ${table}`)
    const change = async (table: string, column: string, row: number, by: number): Promise<boolean> => {
      const { rows } = await hand.query(`SELECT ctid, pg_typeof(${column}) AS type FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1`)
      const { ctid, type } = rows[row % rows.length]
      const changed = type === 'text' ? `substr(${column}, 2) || '${by}'` : `${column} + ${by}`
      return hand.query(`UPDATE ${table} SET ${column} = ${changed} WHERE ctid = $1`, [ctid]).then(
        () => true,
        (error: unknown) => {
          // A constraint said so.
          expect(error).toMatchObject({ code: expect.stringMatching(/^23/) })
          return false
        },
      )
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cells), fc.nat(1000), fc.integer({ min: 1, max: 9 }), async ([table, column], row, by) => {
        if (!(await change(table, column, row, by))) return
        expect((await verified(url)).wrong).not.toBeNull()
        await hand.query(`DELETE FROM ${table}`)
        await hand.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM sound_${table}`)
      }),
      { numRuns: 100 },
    )
  })
  expect(await verified(url)).toEqual({ postings: 31, accounts: 4, wrong: null })
})

const placeOf = (databaseUrl: string, said: string[] = []) => ({
  folder: '/nowhere',
  databaseUrl,
  env: {},
  say: speak({ LANG: 'en' }),
  print: (line: string) => void said.push(line),
})

test('it is read beside those who write, as it stood when the reading began', async context => {
  const url = await bookIn(context)
  const store = await openServiceStore({ url })
  const open = { id: 'late', at: 50, type: 'open', account: 'merchant:late:EUR' } as const
  const seen = await withBook(placeOf(url), async book => {
    const before = await book.accounts(0, 100)
    await store.write(tx => tx.ledger.post(open))
    expect(await book.accounts(0, 100)).toEqual(before)
    return before.length
  })
  expect((await verified(url)).accounts).toBe(seen + 1)
  await store.close()
})

test('an empty database has no book, one of an earlier build is left as it is, and neither is changed', async context => {
  const server = await postgres(context)
  const empty = await server.emptyDatabase()
  const ending = (url: string) => verifyBook(placeOf(url), false).catch((error: unknown) => error)
  expect(await ending(empty)).toMatchObject({ exitCode: 3, message: expect.stringMatching(/^There is no book in postgres:\/\/okpay@/) })
  expect(await server.query(empty, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
  const url = await bookIn(context)
  await server.query(url, `DELETE FROM applied_migration WHERE name = 'service-instances'`)
  expect(await ending(url)).toMatchObject({ exitCode: 3, message: expect.stringMatching(/earlier version/) })
  expect(JSON.stringify([await ending(empty), await ending(url)])).not.toContain(server.password)
})

/** Runs one of the programs that come with the server; the password goes as it should, by the environment. */
function program(context: TestContext, name: string, args: readonly string[], password: string): void {
  const bin = dirname(execFileSync('readlink', ['-f', toolOrSkip(context, 'postgresql')], { encoding: 'utf8' }).trim())
  execFileSync(join(bin, name), args, { env: { ...process.env, PGPASSWORD: password }, stdio: 'pipe' })
}

test('the calls that backup and restore name copy a book, also while it is written, and the copy adds up', async context => {
  const server = await postgres(context)
  const url = await bookIn(context)
  const folder = mkdtempSync(join(tmpdir(), "okpay-dump-it's-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'book.dump')
  /** The words of the call that the program says, as a POSIX shell reads them. */
  const said = async (ends: Promise<unknown>, name: string): Promise<readonly string[]> => {
    const ending = await ends.catch((error: unknown) => error)
    expect(ending).toMatchObject({ exitCode: 64 })
    const line =
      String(ending)
        .split('\n')
        .find(text => text.trim().startsWith(name)) ?? ''
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' }).split('\0')
    return words.slice(1, -1)
  }
  const store = await openServiceStore({ url })
  program(context, 'pg_dump', await said(backUp(placeOf(url), file), 'pg_dump'), server.password)
  await store.close()
  const empty = await server.emptyDatabase()
  const words = await said(restore(placeOf(empty), file), 'pg_restore')
  expect(words).toContain(`--dbname=${withoutPassword(empty)}`)
  program(context, 'pg_restore', words, server.password)
  const lines: string[] = []
  expect(await verifyBook(placeOf(empty, lines), true)).toBe(0)
  expect(lines).toEqual([JSON.stringify({ postings: 31, accounts: 4, wrong: null, roots: 0 })])
  // It is a book to go on with: numbers follow those of the copy.
  const again = await openServiceStore({ url: empty })
  const legs = [
    { account: people[0] ?? bank, minor: 5n },
    { account: bank, minor: -5n },
  ]
  const post = { id: 'after', at: 60, type: 'post', kind: 'top_up', subject: 's', effectiveAt: 60, legs } as const
  expect(await again.write(tx => tx.ledger.post(post))).toMatchObject({ ok: true })
  await again.close()
  expect(await verified(empty)).toEqual({ postings: 32, accounts: 4, wrong: null })
})
