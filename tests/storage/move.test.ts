import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { migrateStore } from '#service/program/migrateStore.ts'
import { speak } from '#service/program/speech.ts'
import { movedTables, moveService } from '#storage/move.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import { openMoveSource as openPostgresSource, openMoveTarget as openPostgresTarget } from '#storage/postgres/service/move.ts'
import { withoutPassword } from '#storage/postgres/url.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'
import { openMoveTarget as openSqliteTarget } from '#storage/sqlite/service/move.ts'
import { command } from '../conformance/serviceRows.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { bank, fill, history } from './filledService.ts'

const postgres = postgresOfThisFile()
const folder = mkdtempSync(join(tmpdir(), 'okpay-move-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = Buffer.alloc(32, 9)
const migrations = [...ledgerMigrations, ...serviceMigrations]

/** What each store has beside the tables that are moved: the ledger's, which are moved as what they mean, and what it needs for itself. */
const others = {
  sqlite: ['applied_migration', 'ledger_account', 'ledger_hold', 'ledger_journal', 'ledger_leg', 'sqlite_sequence'],
  postgres: [
    'applied_migration',
    'change',
    'change_head',
    'counter',
    'instance',
    'ledger_account',
    'ledger_hold',
    'ledger_journal',
    'ledger_leg',
    'lock_slot',
  ],
} as const

let places = 0
const newFolder = (): string => {
  places += 1
  return join(folder, String(places))
}

/** Every row of every table of a service's file. */
function rowsOf(where: string): Readonly<Record<string, readonly unknown[]>> {
  const db = openDatabase({ path: join(where, 'service.db'), key, migrations, application: 'service', mustExist: true, access: 'read' })
  const names = db.prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all()
  const found = names.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`, { bigints: true }).all()] as const)
  db.close()
  return Object.fromEntries(found)
}

const fileOf = (where: string) => openSqlite({ path: join(where, 'service.db'), key })

async function filledFolder(events?: number): Promise<string> {
  const where = newFolder()
  mkdirSync(where)
  const store = fileOf(where)
  await fill(store, events)
  await store.close()
  return where
}

/** The command itself, with what it says. */
async function move(from: string, to: string, env: NodeJS.ProcessEnv = {}) {
  const said: string[] = []
  const desk = {
    env: { OKPAY_DATABASE_KEY: key.toString('hex'), ...env },
    say: speak({ LANG: 'en' }),
    print: (text: string) => void said.push(text),
  }
  const code = await migrateStore(desk, { from, to }, false).catch((error: unknown) => {
    said.push(String(error instanceof Error ? `${error.name} ${error.message}` : error))
    return error instanceof Error && 'exitCode' in error ? error.exitCode : error
  })
  return { code, said: said.join('\n') }
}

/** The address without its password, and the environment that has it. */
const bare = (url: string) => [withoutPassword(url), { OKPAY_DATABASE_URL: url }] as const

describe('nothing of a service is left behind: every table is on the list', () => {
  const columnsOf = (tables: readonly { table: string; column: string }[]): Readonly<Record<string, string[]>> =>
    Object.fromEntries(
      [...Map.groupBy(tables, ({ table }) => table)].map(([table, columns]) => [table, columns.map(({ column }) => column)]),
    )

  test('in SQLite and in PostgreSQL, with the same columns and keys', async context => {
    const where = newFolder()
    mkdirSync(where)
    await fileOf(where).close()
    const db = openDatabase({ path: join(where, 'service.db'), key, migrations, application: 'service' })
    const inSqlite = db
      .prepare<{ table: string; column: string; pk: number }>(
        `SELECT t.name AS "table", c.name AS "column", c.pk FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, 2`,
      )
      .all()
    db.close()
    const server = await postgres(context)
    const url = await server.database()
    const inPostgres = await server.query(
      url,
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = 'public'`,
    )
    const keys = await server.query(
      url,
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.key_column_usage k
       JOIN information_schema.table_constraints c USING (constraint_name, table_name) WHERE constraint_type = 'PRIMARY KEY' ORDER BY k.ordinal_position`,
    )
    const moved = Object.keys(movedTables)
    const sqlite = columnsOf(inSqlite)
    const other = columnsOf(inPostgres as unknown as typeof inSqlite)
    expect(Object.keys(sqlite).sort()).toEqual([...moved, ...others.sqlite].sort())
    expect(Object.keys(other).sort()).toEqual([...moved, ...others.postgres].sort())
    const keysOf = columnsOf(keys as unknown as typeof inSqlite)
    for (const [table, columns] of Object.entries(movedTables)) {
      expect([table, other[table]?.sort()]).toEqual([table, sqlite[table]?.sort()])
      expect([table, keysOf[table]]).toEqual([table, columns])
      const ofSqlite = inSqlite.filter(one => one.table === table && one.pk > 0).sort((a, b) => a.pk - b.pk)
      expect([table, ofSqlite.map(({ column }) => column)]).toEqual([table, columns])
    }
  })
})

test('a whole service goes to PostgreSQL and back, and is the same row by row', async context => {
  const from = await filledFolder()
  const before = rowsOf(from)
  for (const table of Object.keys(movedTables).filter(name => !['daily_root', 'root_leaf', 'personal_register'].includes(name)))
    expect([table, before[table]?.length]).not.toEqual([table, 0])
  const bytes = readFileSync(join(from, 'service.db'))
  const server = await postgres(context)
  const [url, env] = bare(await server.emptyDatabase())
  const there = await move(from, url, env)
  expect([there.code, there.said]).toEqual([
    0,
    expect.stringMatching(/equal row by row: 704 postings on 7 accounts .* 1 feed at the same positions \(1,203 in all\)/),
  ])
  expect(there.said).toMatch(/^feed_row\s+1203 {2}[0-9a-f]{16}$/m)
  expect(there.said).not.toContain(server.password)
  expect(readFileSync(join(from, 'service.db')).equals(bytes)).toBe(true)
  // In PostgreSQL it is a service to go on with: ids keep their answers, numbers follow, nothing is told twice.
  const store = await openPostgres({ url: env.OKPAY_DATABASE_URL })
  await store.read(async tx => {
    expect(await tx.commands.find('c1')).toEqual(command)
    expect(await tx.settings.find('service_key')).toBe('a secret')
    expect(await tx.feed.last('ana')).toBe(1_203)
  })
  await store.close()
  const back = newFolder()
  expect((await move(url, back, env)).code).toBe(0)
  expect(rowsOf(back)).toEqual(before)
})

test('numbers and answers follow in PostgreSQL', async context => {
  const [url, env] = bare(await (await postgres(context)).emptyDatabase())
  expect((await move(await filledFolder(), url, env)).code).toBe(0)
  const store = await openPostgres({ url: env.OKPAY_DATABASE_URL })
  await store.write(async tx => {
    const asked = {
      id: 'q3',
      holderId: 'ana',
      about: 'a',
      text: 'and?',
      state: 'open',
      askedAt: 2,
      answer: null,
      answeredAt: null,
    } as const
    expect((await tx.questions.add(asked)).number).toBe(3)
    expect(await tx.feed.append('ana', '{}', 1)).toBe(1_204)
    const [first] = [...history()].filter(({ id }) => id === 'captured')
    if (first) expect(await tx.ledger.post(first)).toMatchObject({ ok: true, value: { hold: { state: 'open', minor: 500n } } })
    expect(await tx.ledger.post({ id: 'captured', at: 9, type: 'open', account: bank })).toMatchObject({
      ok: false,
      decline: { code: 'id_reused' },
    })
  })
  await store.close()
})

test('a place that is not empty, is in use or is not there is refused, and stays as it is', async context => {
  const server = await postgres(context)
  const from = await filledFolder()
  const [taken, takenEnv] = bare(await server.database())
  expect(await move(from, taken, takenEnv)).toMatchObject({ code: 64, said: expect.stringContaining('something in') })
  const [used, usedEnv] = bare(await server.emptyDatabase())
  await server.query(usedEnv.OKPAY_DATABASE_URL, 'CREATE TABLE other (n INTEGER)')
  expect((await move(from, used, usedEnv)).code).toBe(64)
  expect((await move(from, from)).code).toBe(64)
  expect(await move(join(folder, 'nowhere'), newFolder())).toMatchObject({ code: 3, said: expect.stringContaining('no book') })
  const [empty, emptyEnv] = bare(await server.emptyDatabase())
  expect(await move(empty, newFolder(), emptyEnv)).toMatchObject({ code: 3, said: expect.stringContaining('no book') })
  const store = fileOf(from)
  expect(await move(from, newFolder())).toMatchObject({ code: 3, said: expect.stringContaining('in use') })
  await store.close()
  const secret = 'postgres://okpay:never-tell@127.0.0.1:1/x'
  for (const [one, other] of [
    [secret, from],
    [from, secret],
    ['mysql://okpay:never-tell@db/x', from],
  ] as const) {
    const refused = await move(one, other)
    expect(refused.code).toBe(64)
    expect(refused.said).not.toContain('never-tell')
  }
})

test('a source that is changed during the move is found at the proof, and the target is not used', async context => {
  const server = await postgres(context)
  const url = await server.database()
  const store = await openPostgres({ url })
  await fill(store)
  await store.close()
  const source = await openPostgresSource(url)
  const where = newFolder()
  mkdirSync(where)
  const target = openSqliteTarget({ path: join(where, 'service.db'), key })
  if (!target) throw new Error('the target is taken')
  let hand: Promise<unknown> | undefined
  const whileMoving: typeof target = {
    ...target,
    write: async work => {
      hand ??= server.query(url, `UPDATE holder SET name = 'somebody else'`)
      await hand
      return target.write(work)
    },
  }
  await expect(moveService(source, whileMoving, () => undefined)).rejects.toThrow(/^holder: [0-9a-f]{64} <> [0-9a-f]{64}$/)
  await Promise.all([source.close(), target.close()])
  expect(() => fileOf(where)).toThrow('database_unfinished')
})

const entryPoint = resolve(import.meta.dirname, '../../src/service/index.ts')

/** The program itself, killed by force as soon as `isUnderWay` says so. */
async function killedMove(from: string, to: string, env: NodeJS.ProcessEnv, isUnderWay: () => Promise<boolean>): Promise<void> {
  const child = spawn(process.execPath, [entryPoint, 'migrate-store', '--from', from, '--to', to], {
    env: { PATH: process.env['PATH'], OKPAY_DATABASE_KEY: key.toString('hex'), ...env },
    stdio: 'ignore',
  })
  const gone = once(child, 'exit')
  while (!(await isUnderWay()) && child.exitCode === null) await pause(5)
  expect(child.exitCode).toBeNull()
  child.kill('SIGKILL')
  await gone
}

test('a move that is killed leaves the source as it was and a target that nobody opens; into an empty place it goes once more', async context => {
  const from = await filledFolder(20_000)
  const bytes = () => readFileSync(join(from, 'service.db'))
  const before = bytes()
  const server = await postgres(context)
  const [url, env] = bare(await server.emptyDatabase())
  const database = env.OKPAY_DATABASE_URL
  const rows = () => server.query(database, 'SELECT n FROM feed_row LIMIT 1').catch(() => [])
  await killedMove(from, url, env, async () => (await rows()).length > 0)
  expect(bytes().equals(before)).toBe(true)
  await expect(openPostgres({ url: database })).rejects.toMatchObject({ code: 'database_unfinished' })
  expect(await move(from, url, env)).toMatchObject({ code: expect.objectContaining({ code: 'database_unfinished' }) })

  const half = newFolder()
  const log = join(half, 'service.db-wal')
  await killedMove(from, half, {}, async () => (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 1_500_000)
  expect(bytes().equals(before)).toBe(true)
  expect(() => fileOf(half)).toThrow('database_unfinished')
  expect((await move(from, half)).code).toBe(64)

  const whole = newFolder()
  expect((await move(from, whole)).code).toBe(0)
  expect(rowsOf(whole)).toEqual(rowsOf(from))
}, 60_000)

test('a change of money by an instance that runs on the source is held up until the move is over', async context => {
  const server = await postgres(context)
  const url = await server.database()
  const store = await openPostgres({ url, lockMs: 300 })
  await fill(store)
  const source = await openPostgresSource(url)
  const append = () => store.write(tx => tx.feed.append('ana', '{}', 1))
  await expect(append()).rejects.toMatchObject({ code: 'service_busy' })
  await source.close()
  expect(await append()).toBe(1_204)
  await store.close()
})

test('a service that runs on the source is noticed, also where it has nothing to do, whatever its clock says; one that was killed is not', async context => {
  const server = await postgres(context)
  const [shown, env] = bare(await server.database())
  const url = env.OKPAY_DATABASE_URL
  let now = 1_000
  const store = await openPostgres({ url, clock: () => (now += 1) })
  await fill(store, 3)
  const refused = await move(shown, newFolder(), env)
  expect(refused).toMatchObject({ code: 3, said: expect.stringContaining('in use') })
  expect(refused.said).not.toContain(server.password)
  expect(await server.query(url, 'SELECT count(*) AS n FROM instance')).toEqual([{ n: '1' }])
  await store.close()
  expect(await server.query(url, 'SELECT count(*) AS n FROM instance')).toEqual([{ n: '0' }])
  await server.query(url, `INSERT INTO instance (id, seen_at) VALUES ('killed', 5)`)
  expect((await move(shown, newFolder(), env)).code).toBe(0)
  // What was killed long ago is forgotten by the next that starts.
  await (await openPostgres({ url })).close()
  expect(await server.query(url, 'SELECT count(*) AS n FROM instance')).toEqual([{ n: '0' }])
}, 60_000)

test('a target that was not finished is opened by nobody, and named so', async context => {
  const server = await postgres(context)
  const url = await server.emptyDatabase()
  await (await openPostgresTarget({ url }))?.close()
  await expect(openPostgres({ url })).rejects.toMatchObject({ code: 'database_unfinished' })
  await expect(openPostgresTarget({ url })).rejects.toMatchObject({ code: 'database_unfinished' })
})
