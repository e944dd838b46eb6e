import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, type TestContext, test } from 'vitest'
import { sayFailure } from '#locales/failures.ts'
import { verify } from '#service/program/verify.ts'
import type { Migration } from '#storage/migration.ts'
import { openDatabase as openPostgresDatabase } from '#storage/postgres/database.ts'
import { ledgerMigrations as postgresLedger } from '#storage/postgres/migrations/ledger/index.ts'
import { serviceMigrations as postgresService } from '#storage/postgres/migrations/service/index.ts'
import { readBook } from '#storage/postgres/service/bookReader.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { bank, fill } from './filledService.ts'

const postgres = postgresOfThisFile()
const folder = mkdtempSync(join(tmpdir(), 'okpay-migrations-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = Buffer.alloc(32, 3)

type Row = Readonly<Record<string, unknown>>
type Tables = Readonly<Record<string, readonly Row[]>>

const isEnd = (all: readonly Migration[], n: number): boolean => n === 0 || n === all.length - 1

/**
 * The earlier states of a schema: so many steps of the ledger, and so many of the rest. Neither touches the other's tables, so each step of one is tried
 * with the first and with the last of the other.
 */
const earlier = (ledger: readonly Migration[], rest: readonly Migration[]): readonly (readonly Migration[])[] =>
  ledger
    .flatMap((_, n) =>
      rest.flatMap((_, m) => (isEnd(ledger, n) || isEnd(rest, m) ? [[...ledger.slice(0, n + 1), ...rest.slice(0, m + 1)]] : [])),
    )
    .filter(steps => steps.length < ledger.length + rest.length)

/** What a later step takes away, because it stands elsewhere: a payment is shown by the answer of its command. */
const takenAway: Readonly<Record<string, string>> = { payment: 'json' }
const without = (all: Tables): Tables =>
  Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [
      table,
      rows.map(row => Object.fromEntries(Object.entries(row).filter(([name]) => name !== takenAway[table]))),
    ]),
  )
/** What an earlier build kept there. */
const withTaken = (table: string, row: Row): Row => (takenAway[table] === undefined ? row : { ...row, [takenAway[table]]: '{}' })

/** Only what both have: a newer table or column came later. */
const shared = (all: Tables, of: Tables): Tables =>
  Object.fromEntries(
    Object.entries(of).map(([table, rows]) => {
      const names = Object.keys(rows[0] ?? {})
      return [table, (all[table] ?? []).map(row => Object.fromEntries(names.map(name => [name, row[name]])))]
    }),
  )

const notes = new Set(['applied_migration', 'sqlite_sequence'])
const figures = { postings: 704, accounts: 7, wrong: null }

/** Money moves and news are told as before. */
async function goesOn(store: ServiceStore): Promise<void> {
  await store.write(async tx => {
    const legs = [
      { account: bank, minor: -5n },
      { account: 'holder:ana:EUR' as const, minor: 5n },
    ]
    const post = { id: 'after', at: 9_000, type: 'post', kind: 'top_up', subject: 's', effectiveAt: 9_000, legs } as const
    expect(await tx.ledger.post(post)).toMatchObject({ ok: true })
    expect(await tx.feed.append('ana', '{}', 1)).toBe(1_204)
  })
  await store.close()
}

describe('SQLite', () => {
  const migrations = [...ledgerMigrations, ...serviceMigrations]
  const at = (path: string, steps: readonly Migration[]) => openDatabase({ path, key, migrations: steps, application: 'service' })

  const rowsIn = (path: string, steps: readonly Migration[]): Tables => {
    const db = at(path, steps)
    const names = db.prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all()
    const found = names
      .filter(({ name }) => !notes.has(name))
      .map(({ name }) => [name, db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`, { bigints: true }).all()])
    db.close()
    return Object.fromEntries(found)
  }

  let full: Promise<Tables> | undefined
  const filled = async (): Promise<Tables> => {
    const path = join(folder, 'full.db')
    const store = openSqlite({ path, key })
    await fill(store)
    await store.close()
    return rowsIn(path, migrations)
  }

  /** A posting of two legs as builds before `ledger 3` named them. */
  const withLegs = (row: Row): Row => {
    if (typeof row['first'] !== 'bigint') return row
    const [hi, mid, lo] = [row['hi'], row['mid'], row['lo']].map(limb => BigInt(limb as bigint))
    const keys = [
      [row['first'], row['first_version'], hi, mid, lo],
      [row['second'], row['second_version'], -(hi ?? 0n), -(mid ?? 0n), -(lo ?? 0n)],
    ]
    return { ...row, legs: `[${keys.map(one => `[${one.join(',')}]`).join(',')}]` }
  }

  /** A file as an earlier build left it, with what there was a place for. */
  function writeEarlier(path: string, steps: readonly Migration[], all: Tables): void {
    const db = at(path, steps)
    const triggers = db.prepare<{ name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all()
    db.exec('PRAGMA foreign_keys = OFF')
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    for (const [table, rows] of Object.entries(all)) {
      const columns = db
        .prepare<{ name: string }>('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map(({ name }) => name)
      if (columns.length === 0) continue
      const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      db.transaction(() => {
        for (const row of rows) {
          const had = withTaken(table, columns.includes('first') ? row : withLegs(row))
          insert.run(...columns.map(name => had[name] as string))
        }
      })
    }
    for (const { sql } of triggers) db.exec(sql)
    db.close()
  }

  test.each(
    earlier(ledgerMigrations, serviceMigrations).map(
      steps => [steps.map(({ name, version }) => `${name} ${version}`).join(', '), steps] as const,
    ),
  )('a book of %s goes forward, and what stood in it stands', async (_name, steps) => {
    full ??= filled()
    const path = join(folder, `${randomUUID()}.db`)
    writeEarlier(path, steps, await full)
    const before = rowsIn(path, steps)
    expect(before['ledger_leg']?.length).toBeGreaterThan(1_400)
    await openSqlite({ path, key }).close()
    const kept = without(before)
    expect(shared(rowsIn(path, migrations), kept)).toEqual(kept)
    const book = openBookReader({ path, key })
    expect(await verify(book)).toMatchObject(figures)
    book.close()
    await goesOn(openSqlite({ path, key }))
  })

  test('a book of a newer build is refused, untouched', () => {
    const path = join(folder, 'newer.db')
    at(path, [...migrations, { version: 99, name: 'ledger', sql: 'CREATE TABLE newer (n INTEGER)' }]).close()
    const bytes = readFileSync(path)
    expect(() => openSqlite({ path, key })).toThrow('database_newer')
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  /** The tables of builds before 0.1.0, under the numbers that others have now. */
  const early: readonly Migration[] = [
    {
      version: 1,
      name: 'ledger-book',
      sql: `
        CREATE TABLE ledger_account (
          n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, currency TEXT NOT NULL, may_go_below_zero INTEGER NOT NULL,
          posted_hi INTEGER NOT NULL DEFAULT 0, posted_lo INTEGER NOT NULL DEFAULT 0, held_hi INTEGER NOT NULL DEFAULT 0,
          held_lo INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE ledger_posting (
          n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL, effective_at INTEGER NOT NULL,
          recorded_at INTEGER NOT NULL) STRICT;
        CREATE TABLE ledger_command (id TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, posted_lo, version) VALUES ('holder:ana:EUR', 'ana', 'EUR', 0, 5000, 1);
        INSERT INTO ledger_posting (id, kind, subject, effective_at, recorded_at) VALUES ('p', 'top_up', 's', 1, 1);`,
    },
  ]

  test.each([
    ['service', serviceMigrations, migrations],
    [
      'wallet',
      [{ version: 1, name: 'wallet-tables', sql: 'CREATE TABLE feed_cursor (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT' }],
      walletMigrations,
    ],
  ] as const)('a file of the %s by an early build is told as that in both languages, untouched', (application, rest, now) => {
    const path = join(folder, `early-${application}.db`)
    openDatabase({ path, key, migrations: [...early, ...rest], application }).close()
    const bytes = readFileSync(path)
    expect(() => openDatabase({ path, key, migrations: now, application })).toThrow('database_too_old')
    expect(readFileSync(path).equals(bytes)).toBe(true)
    const told = (locale: 'en' | 'zh-CN') => sayFailure(locale, { kind: 'fault', code: 'database_too_old', detail: {} }, new Date())
    expect(told('en')).toMatchObject({
      what: expect.stringContaining('early version'),
      next: expect.stringContaining('version that wrote it'),
    })
    expect(told('zh-CN')).toMatchObject({ what: expect.stringContaining('早期版本'), next: expect.stringContaining('写入它的版本') })
  })
})

describe('PostgreSQL', { timeout: 60_000 }, () => {
  const migrations = [...postgresLedger, ...postgresService]

  async function withHand<T>(url: string, work: (hand: pg.Client) => Promise<T>): Promise<T> {
    const hand = new pg.Client({ connectionString: url })
    await hand.connect()
    try {
      await hand.query(`SET session_replication_role = 'replica'`)
      return await work(hand)
    } finally {
      await hand.end()
    }
  }

  const rowsIn = (url: string): Promise<Tables> =>
    withHand(url, async hand => {
      const { rows: names } = await hand.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
      const found: [string, readonly Row[]][] = []
      for (const { name } of names)
        if (!notes.has(name)) found.push([name, (await hand.query(`SELECT t.* FROM ${name} t ORDER BY t`)).rows])
      return Object.fromEntries(found)
    })

  let full: Promise<Tables> | undefined
  const filled = async (context: TestContext): Promise<Tables> => {
    const url = await (await postgres(context)).database()
    const store = await openPostgres({ url })
    await fill(store)
    await store.close()
    return rowsIn(url)
  }

  const writeEarlier = async (url: string, steps: readonly Migration[], all: Tables): Promise<void> => {
    await (await openPostgresDatabase({ url, migrations: steps })).close()
    await withHand(url, async hand => {
      for (const [table, rows] of Object.entries(all)) {
        const { rows: found } = await hand.query(
          `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
          [table],
        )
        const columns = found.map(({ name }) => String(name))
        if (columns.length === 0) continue
        await hand.query(`DELETE FROM ${table}`)
        await hand.query(
          `INSERT INTO ${table} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${columns.join(', ')} FROM json_populate_recordset(NULL::${table}, $1)`,
          [JSON.stringify(rows.map(row => withTaken(table, row)))],
        )
        if (columns.includes('n') && ['ledger_account', 'ledger_journal', 'ledger_hold'].includes(table))
          await hand.query(`SELECT setval(pg_get_serial_sequence($1, 'n'), (SELECT max(n) FROM ${table}))`, [table])
      }
    })
  }

  test.for(
    earlier(postgresLedger, postgresService).map(
      steps => [steps.map(({ name, version }) => `${name} ${version}`).join(', '), steps] as const,
    ),
  )('a book of %s goes forward, and what stood in it stands', async ([, steps], context) => {
    full ??= filled(context)
    const url = await (await postgres(context)).emptyDatabase()
    await writeEarlier(url, steps, await full)
    const before = await rowsIn(url)
    expect(before['ledger_leg']?.length).toBeGreaterThan(1_400)
    await (await openPostgres({ url })).close()
    const kept = without(before)
    expect(shared(await rowsIn(url), kept)).toEqual(kept)
    expect(await readBook(url, verify)).toMatchObject(figures)
    await goesOn(await openPostgres({ url }))
  })

  test('a book of a newer build is refused, untouched', async context => {
    const url = await (await postgres(context)).emptyDatabase()
    const newer = { version: 99, name: 'ledger', sql: 'CREATE TABLE newer (n INTEGER PRIMARY KEY, m INTEGER)' }
    await (await openPostgresDatabase({ url, migrations: [...migrations, newer] })).close()
    const before = await rowsIn(url)
    await expect(openPostgres({ url })).rejects.toMatchObject({ code: 'database_newer' })
    expect(await rowsIn(url)).toEqual(before)
  })
})
