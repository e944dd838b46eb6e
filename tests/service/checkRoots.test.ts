import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest'
import { endOf } from '#core/root/day.ts'
import { addKey, loadIdentity } from '#service/identity.ts'
import { speak } from '#service/program/speech.ts'
import { verifyBook } from '#service/program/verify.ts'
import { makeRoots, type RootPorts, signedAnew } from '#service/root/makeRoots.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import type { ServiceStore, Tx } from '#storage/serviceStore.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { newId } from './realService.ts'

const postgres = postgresOfThisFile()
const days = ['2026-11-20', '2026-11-21', '2026-11-22'] as const
const people = 150
const key = Buffer.alloc(32, 5)
const random = (bytes: number) => randomBytes(bytes)

/** A book, a hand in its SQL, and what `okpay-service verify --json` says of it. */
type Book = { open(): Promise<ServiceStore>; hand(sql: string): Promise<unknown>; verified(): Promise<unknown> }

async function said(folder: string, databaseUrl: string | null): Promise<unknown> {
  const lines: string[] = []
  const env = { OKPAY_DATABASE_KEY: key.toString('hex') }
  const code = await verifyBook({ folder, databaseUrl, env, say: speak({ LANG: 'en' }), print: line => lines.push(line) }, true)
  const told = JSON.parse(lines.join(''))
  expect(code).toBe(told.wrong === null ? 0 : 2)
  return told
}

const books: Readonly<Record<string, (context: TestContext) => Promise<Book>>> = {
  sqlite: async () => {
    const folder = join(tmpdir(), `okpay-check-${newId()}`)
    mkdirSync(folder)
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'service.db')
    const migrations = [...ledgerMigrations, ...serviceMigrations]
    return {
      open: async () => openSqlite({ path, key }),
      hand: async sql => {
        const db = openDatabase({ path, key, migrations, application: 'service' })
        db.exec(sql)
        db.close()
      },
      verified: () => said(folder, null),
    }
  },
  postgres: async context => {
    const server = await postgres(context)
    const url = await server.database()
    return { open: () => openPostgres({ url }), hand: sql => server.query(url, sql), verified: () => said('/nowhere', url) }
  },
}

/** Three days with a root each, in which ten people were paid. `seen`: the store as whoever makes the roots sees it. */
async function threeDays(book: Book, seen: (store: ServiceStore) => ServiceStore = store => store): Promise<void> {
  const store = await book.open()
  const identity = await loadIdentity(store, random)
  let now = endOf(days[0]) - 3_600_000
  const ports: RootPorts = { store: seen(store), clock: () => now, ids: newId, random, identity }
  await store.write(async tx => {
    for (const account of ['rail:bank:EUR', ...Array.from({ length: people }, (_, n) => `holder:${n}:EUR`)] as const)
      await tx.ledger.post({ id: newId(), at: now, type: 'open', account: account as 'rail:bank:EUR' })
  })
  for (const day of days) {
    now = endOf(day) - 3_600_000
    await store.write(async tx => {
      for (let n = 0; n < 10; n += 1)
        await tx.ledger.post({
          ...{ id: newId(), at: now, type: 'post', kind: 'top_up', subject: 's', effectiveAt: now },
          legs: [
            { account: `holder:${n}:EUR`, minor: 5n },
            { account: 'rail:bank:EUR', minor: -5n },
          ],
        })
    })
    now = endOf(day) + 120_000
    expect(await makeRoots(ports)).toBe(day)
  }
  await store.close()
}

const other = 'A'.repeat(43)
const hands = [
  [
    'another tree',
    `UPDATE daily_root SET tree = '${other}' WHERE day = '${days[1]}'`,
    `the root of ${days[1]} is not the top of its tree`,
    1,
  ],
  [
    'a part of a tree',
    `UPDATE daily_root SET parts = '${other}' || substr(parts, 44) WHERE day = '${days[0]}'`,
    `the root of ${days[0]} is not the top of its tree`,
    0,
  ],
  [
    'another link',
    `UPDATE daily_root SET previous = '${other}' WHERE day = '${days[2]}'`,
    `the root of ${days[2]} does not follow the one before it`,
    2,
  ],
  ['a lost day', `DELETE FROM daily_root WHERE day = '${days[1]}'`, `the root of ${days[2]} does not follow the one before it`, 1],
  [
    'another signature',
    `UPDATE daily_root SET signature = (SELECT signature FROM daily_root WHERE day = '${days[0]}') WHERE day = '${days[1]}'`,
    `the root of ${days[1]} has a wrong signature`,
    1,
  ],
  ['another time', `UPDATE daily_root SET at = at + 1 WHERE day = '${days[2]}'`, `the root of ${days[2]} has a wrong signature`, 2],
  [
    'a key of nobody',
    `UPDATE daily_root SET key_id = 'AAAAAAAAAAAA' WHERE day = '${days[0]}'`,
    `the root of ${days[0]} is signed by a key that is none of the service`,
    0,
  ],
  [
    'a root before its day was over',
    `UPDATE daily_root SET at = 5 WHERE day = '${days[0]}'`,
    `the root of ${days[0]} was made before its day was over`,
    0,
  ],
  [
    'another leaf',
    `UPDATE root_leaf SET version = version + 1 WHERE account = 'holder:3:EUR'`,
    `the root of ${days[2]} is not made of its leaves`,
    3,
  ],
  ['a lost leaf', `DELETE FROM root_leaf WHERE account = 'holder:3:EUR'`, `the root of ${days[2]} is not made of its leaves`, 3],
] as const

for (const [name, make] of Object.entries(books))
  describe(`okpay-service verify and the daily roots of a book in ${name}`, () => {
    test('sound roots are told with the book, also after the key changed and while the next day runs', async context => {
      const book = await make(context)
      await threeDays(book)
      const sound = { postings: 30, accounts: people + 1, wrong: null, roots: 3 }
      expect(await book.verified()).toEqual(sound)
      const store = await book.open()
      const identity = await loadIdentity(store, random)
      await store.write(async tx => {
        const keys = await addKey(tx, { identity, random }, endOf(days[2]) + 1)
        const newest = await tx.roots.newest()
        if (newest) await tx.roots.signAnew(signedAnew(newest.root, identity.serviceId, keys))
        await tx.ledger.post({ id: newId(), at: endOf(days[2]) + 2, type: 'open', account: 'holder:new:EUR' })
        const legs = [
          { account: 'holder:1:EUR', minor: 5n },
          { account: 'rail:bank:EUR', minor: -5n },
        ] as const
        await tx.ledger.post({ id: newId(), at: endOf(days[2]), type: 'post', kind: 'top_up', subject: 's', effectiveAt: 1, legs })
      })
      await store.close()
      expect(await book.verified()).toEqual({ ...sound, postings: 31, accounts: people + 2 })
    }, 60_000)

    test('a root that a hand changed is named, and how many before it are sound', async context => {
      const book = await make(context)
      await threeDays(book)
      for (const [what, sql, wrong, roots] of hands) {
        const keep = ['daily_root', 'root_leaf']
        for (const table of keep) await book.hand(`CREATE TABLE sound_${table} AS SELECT t.* FROM ${table} t`)
        await book.hand(sql)
        expect(await book.verified(), what).toMatchObject({ wrong, roots })
        for (const table of keep) {
          await book.hand(`DELETE FROM ${table}`)
          await book.hand(`INSERT INTO ${table} SELECT t.* FROM sound_${table} t`)
          await book.hand(`DROP TABLE sound_${table}`)
        }
      }
      expect(await book.verified()).toMatchObject({ wrong: null, roots: 3 })
    }, 120_000)

    test('a root that was signed over another story than the book is named with the account', async context => {
      const book = await make(context)
      const liar = (store: ServiceStore): ServiceStore => ({
        ...store,
        write: (work, by) =>
          store.write(tx => {
            const headsAt: Tx['roots']['headsAt'] = async (...asked) =>
              (await tx.roots.headsAt(...asked)).map(head => (head.account === 'holder:7:EUR' ? { ...head, chain: other } : head))
            return work({ ...tx, roots: { ...tx.roots, headsAt } })
          }, by),
      })
      await threeDays(book, liar)
      expect(await book.verified()).toMatchObject({ wrong: `the root of ${days[2]} does not hold holder:7:EUR as it stood`, roots: 3 })
    }, 60_000)
  })
