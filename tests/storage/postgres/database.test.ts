import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import { type Database, openDatabase } from '#storage/postgres/database.ts'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import { withoutPassword } from '#storage/postgres/url.ts'
import { lineThatBreaks } from '../../support/lineThatBreaks.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const first = { version: 1, name: 'notes', sql: 'CREATE TABLE note (id TEXT PRIMARY KEY, n BIGINT NOT NULL)' }
const second = { version: 2, name: 'notes', sql: `ALTER TABLE note ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'` }

const open = async (url: string, more: Partial<Parameters<typeof openDatabase>[0]> = {}): Promise<Database> => {
  const db = await openDatabase({ url, migrations: [first], ...more })
  onTestFinished(() => db.close())
  return db
}
const faultOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing thrown',
    (error: unknown) => error,
  )
const note = (db: Database, id: string) => db.read(tx => tx.get<{ n: number }>('SELECT n FROM note WHERE id = $1', id))

test('the schema goes forward once, with data in it, and however many instances start at once', async context => {
  const url = await (await postgres(context)).emptyDatabase()
  await Promise.all([1, 2, 3, 4].map(() => open(url)))
  const old = await open(url)
  await old.write(tx => tx.run(`INSERT INTO note (id, n) VALUES ('a', 1)`))
  const [db] = await Promise.all([1, 2, 3].map(() => open(url, { migrations: [first, second] })))
  expect(await db?.read(tx => tx.all('SELECT id, n, mood FROM note'))).toEqual([{ id: 'a', n: 1, mood: 'calm' }])
})

test('the service itself is made once by instances that start at once, with one key', async context => {
  const url = await (await postgres(context)).emptyDatabase()
  const stores = await Promise.all([1, 2, 3].map(() => openServiceStore({ url })))
  const makeKey = async (own: string, store: (typeof stores)[number]) =>
    store.write(async tx => {
      const kept = await tx.settings.find('key')
      if (kept === undefined) await tx.settings.save('key', own)
      return kept ?? own
    })
  const keys = await Promise.all(stores.map((store, n) => makeKey(`key ${n}`, store)))
  expect(new Set(keys).size).toBe(1)
  await Promise.all(stores.map(store => store.close()))
})

test('a database of a newer build is refused, and left as it is', async context => {
  const server = await postgres(context)
  const url = await server.emptyDatabase()
  await open(url, { migrations: [first, second] })
  const tables = () =>
    server.query(url, 'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()')
  const before = await tables()
  expect(await faultOf(openDatabase({ url, migrations: [first] }))).toMatchObject({ code: 'database_newer' })
  expect(await tables()).toEqual(before)
})

test('a migration that fails leaves the schema as it was', async context => {
  const url = await (await postgres(context)).emptyDatabase()
  const broken = { version: 1, name: 'broken', sql: 'CREATE TABLE half (id TEXT PRIMARY KEY); CREATE TABLE note (id TEXT)' }
  await faultOf(openDatabase({ url, migrations: [first, broken] }))
  const db = await open(url)
  expect(await db.read(tx => tx.all(`SELECT table_name FROM information_schema.tables WHERE table_name IN ('half', 'note')`))).toHaveLength(
    1,
  )
})

test('no password is ever told: not of a wrong one, not of a server that is away, not of a broken address', async context => {
  const server = await postgres(context)
  const right = server.url('postgres')
  const wrong = right.replace(server.password, 'never-tell-wrong')
  const closed = right.replace(/:\d+\//, ':1/')
  for (const url of [wrong, closed, server.url('no_such_database'), `${right}?sslmode=require`]) {
    const fault = await faultOf(openDatabase({ url, migrations: [] }))
    expect(fault).toMatchObject({ code: 'service_offline' })
    expect(fault).toBeInstanceOf(Fault)
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('never-tell')
  }
  const noUrl = await faultOf(openDatabase({ url: `postgres://okpay:never-tell@[bad/x`, migrations: [] }))
  expect(inspect(noUrl, { depth: 9, showHidden: true })).not.toContain('never-tell')
  expect(withoutPassword('postgres://okpay:never-tell@db.example:5432/okpay?password=never-tell&sslmode=require')).toBe(
    'postgres://okpay@db.example:5432/okpay?sslmode=require',
  )
  expect(withoutPassword('never-tell')).toBe('***')
})

test('works that lock each other out are begun again, and all of them end', async context => {
  const db = await open(await (await postgres(context)).emptyDatabase())
  await db.write(tx => tx.run(`INSERT INTO note (id, n) VALUES ('a', 0), ('b', 0)`))
  let begun = 0
  const add = (ids: readonly string[]) =>
    db.write(async tx => {
      begun += 1
      for (const id of ids) {
        const row = await tx.get<{ n: number }>(`SELECT n FROM note WHERE id = $1${tx.forUpdate}`, id)
        await tx.run('UPDATE note SET n = $1 WHERE id = $2', (row?.n ?? 0) + 1, id)
      }
    })
  await Promise.all(Array.from({ length: 8 }, (_, n) => add(n % 2 === 0 ? ['a', 'b'] : ['b', 'a'])))
  expect([await note(db, 'a'), await note(db, 'b')]).toEqual([{ n: 8 }, { n: 8 }])
  expect(begun).toBeGreaterThanOrEqual(8)
})

test('one id that comes many times at once is written once, and the others find it', async context => {
  const db = await open(await (await postgres(context)).emptyDatabase())
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      db.write(async tx => {
        const row = await tx.get<{ n: number }>(`SELECT n FROM note WHERE id = 'once'`)
        if (row) return row.n
        await tx.run(`INSERT INTO note (id, n) VALUES ('once', $1)`, n)
        return n
      }),
    ),
  )
  expect(new Set(answers).size).toBe(1)
})

test('whoever waits for a row for too long is told that the service is busy', async context => {
  const db = await open(await (await postgres(context)).emptyDatabase(), { lockMs: 100 })
  await db.write(tx => tx.run(`INSERT INTO note (id, n) VALUES ('a', 0)`))
  const lock = `SELECT n FROM note WHERE id = 'a' FOR UPDATE`
  await db.write(async tx => {
    await tx.get(lock)
    expect(await faultOf(db.write(other => other.get(lock)))).toMatchObject({ code: 'service_busy' })
  })
})

test('a statement that was let fail undoes the transaction, whatever the work says', async context => {
  const db = await open(await (await postgres(context)).emptyDatabase())
  const work = db.write(async tx => {
    await tx.run(`INSERT INTO note (id, n) VALUES ('a', 0)`)
    await tx.run('INSERT INTO nowhere (id) VALUES (1)').catch(() => undefined)
  })
  expect(String(await faultOf(work))).toContain('the work went on')
  expect(await note(db, 'a')).toBeUndefined()
})

test('a character that PostgreSQL has no place for is kept as its picture, and found again', async context => {
  const db = await open(await (await postgres(context)).emptyDatabase())
  await db.write(tx => tx.run('INSERT INTO note (id, n) VALUES ($1, 3)', 'a\0b'))
  expect(await note(db, 'a\0b')).toEqual({ n: 3 })
  expect(await db.read(tx => tx.all('SELECT id FROM note WHERE id = ANY ($1)', ['a\0b']))).toEqual([{ id: 'a\u2400b' }])
})

test('nothing runs once its transaction is over', async context => {
  const db = await open(await (await postgres(context)).emptyDatabase())
  const late = await db.write(async tx => tx)
  await expect(late.get('SELECT 1')).rejects.toThrow('the transaction is over')
})

test('connections that a restart of the server cut are replaced without anybody noticing', async context => {
  const server = await postgres(context)
  const db = await open(await server.emptyDatabase())
  await Promise.all([1, 2, 3, 4].map(() => db.read(tx => tx.get('SELECT 1'))))
  await server.crash()
  expect(await faultOf(note(db, 'a'))).toMatchObject({ code: 'service_offline' })
  await server.start()
  expect(await note(db, 'a')).toBeUndefined()
})

test('a database that takes no writes is told as out of reach, and goes on being read', async context => {
  const server = await postgres(context)
  const url = await server.emptyDatabase()
  await (await openDatabase({ url, migrations: [first] })).close()
  await server.query(server.url('postgres'), `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = on`)
  const db = await open(url)
  expect(await faultOf(db.write(tx => tx.run(`INSERT INTO note (id, n) VALUES ('a', 0)`)))).toMatchObject({ code: 'service_offline' })
  expect(await note(db, 'a')).toBeUndefined()
})

for (const [when, stands] of [
  ['before', undefined],
  ['after', { n: 7 }],
] as const)
  test(`a connection that is lost at the commit (${when} the server did it) is told as not known, once, and the id tells the rest`, async context => {
    const direct = await (await postgres(context)).emptyDatabase()
    const line = await lineThatBreaks(direct, when)
    const witness = await open(direct)
    const db = await open(line.url)
    let runs = 0
    line.breaks()
    const fault = await faultOf(
      db.write(async tx => {
        runs += 1
        await tx.run(`INSERT INTO note (id, n) VALUES ('wish', 7)`)
      }),
    )
    expect(fault).toMatchObject({ code: 'service_timeout' })
    expect(runs).toBe(1)
    expect(await note(witness, 'wish')).toEqual(stands)
  })
