import pg from 'pg'
import { describe, expect, type TestContext, test } from 'vitest'
import type { LedgerCommand } from '#core/ledger/command.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { verify } from '#service/program/verify.ts'
import { openDatabase as openPostgresDatabase } from '#storage/postgres/database.ts'
import { ledgerMigrations as postgresLedgerSteps } from '#storage/postgres/migrations/ledger/index.ts'
import { serviceMigrations as postgresServiceSteps } from '#storage/postgres/migrations/service/index.ts'
import { readBook } from '#storage/postgres/service/bookReader.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { sqliteAudit } from '#storage/sqlite/service/audit.ts'
import { sqliteCommands } from '#storage/sqlite/service/commands.ts'
import { sqliteDevices } from '#storage/sqlite/service/devices.ts'
import { sqliteHolders } from '#storage/sqlite/service/holders.ts'
import { sqliteIdentity } from '#storage/sqlite/service/identity.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { deeds } from './handsInSql.ts'
import { ana, command, deed, documentFile, identityStep, laptop } from './serviceRows.ts'

const postgres = postgresOfThisFile()

const topUp = (id: string, minor: bigint): LedgerCommand => ({
  ...{ id, at: 1, type: 'post', kind: 'top_up', subject: 's', effectiveAt: 1 },
  legs: [
    { account: 'holder:a:EUR', minor },
    { account: 'rail:b:EUR', minor: -minor },
  ],
})
const written: readonly LedgerCommand[] = [
  { id: 'o1', at: 1, type: 'open', account: 'holder:a:EUR' },
  { id: 'o2', at: 1, type: 'open', account: 'rail:b:EUR' },
  topUp('p1', 500n),
  { id: 'h1', at: 1, type: 'hold', account: 'holder:a:EUR', minor: 200n, subject: 's', expiresAt: 9 },
  { id: 'o3', at: 1, type: 'open', account: 'rail:b:USD' },
]
const write = async (ledger: LedgerStore): Promise<void> => {
  for (const one of written) expect(await ledger.post(one)).toMatchObject({ ok: true })
}
const tables = [
  'ledger_account',
  'ledger_journal',
  'ledger_leg',
  'ledger_hold',
  'command',
  'audit_entry',
  'identity_step',
  'identity_document',
  'identity_document_part',
]

describe('a hand in SQL cannot break the book in SQLite:', () => {
  const cases = Object.entries(deeds).flatMap(([name, { sqlite }]) => (sqlite ? [[name, ...sqlite] as const] : []))
  test.each(cases)('%s', async (_, statements, refusal) => {
    const migrations = [...ledgerMigrations, ...serviceMigrations]
    const db = openDatabase({ path: ':memory:', key: null, migrations, application: 'service' })
    await write(createLedgerStore(db))
    await sqliteHolders(db).add(ana)
    await sqliteDevices(db, []).add(laptop)
    await sqliteCommands(db).keep(command)
    await sqliteAudit(db).append(deed)
    const { identities, documents } = sqliteIdentity(db)
    await identities.save(identityStep)
    await documents.add(documentFile, ['part one'])
    const rows = () => tables.map(table => db.prepare(`SELECT * FROM ${table}`, { bigints: true }).all())
    const before = rows()
    expect(() => db.transaction(() => statements.forEach(db.exec))).toThrow(refusal)
    expect(rows()).toEqual(before)
    db.close()
  })
})

describe('a hand in SQL cannot break the book in PostgreSQL:', () => {
  let url: Promise<string> | undefined
  /** Nothing of what is refused stays: one book serves all. */
  const bookOf = (context: TestContext): Promise<string> => {
    url ??= (async () => {
      const made = await (await postgres(context)).database()
      const store = await openPostgres({ url: made })
      await store.write(async tx => {
        await write(tx.ledger)
        await tx.holders.add(ana)
        await tx.devices.add(laptop)
        await tx.commands.keep(command)
        await tx.audit.append(deed)
        await tx.identities.save(identityStep)
        await tx.documents.add(documentFile, ['part one'])
      })
      await store.close()
      return made
    })()
    return url
  }
  /** All of it in one transaction, as a hand would that knows what is looked at in the end. */
  async function does(at: string, statements: readonly string[]): Promise<void> {
    const hand = new pg.Client({ connectionString: at })
    await hand.connect()
    try {
      await hand.query('BEGIN')
      for (const statement of statements) await hand.query(statement)
      await hand.query('COMMIT')
    } finally {
      await hand.end()
    }
  }
  const rows = async (context: TestContext, at: string) => {
    const server = await postgres(context)
    return Promise.all(tables.map(table => server.query(at, `SELECT t.* FROM ${table} t ORDER BY t`)))
  }
  const cases = Object.entries(deeds).map(([name, { postgres: hand }]) => [name, ...hand] as const)

  test.for(cases)('%s', async ([, statements, refusal], context) => {
    const at = await bookOf(context)
    const before = await rows(context, at)
    await expect(does(at, statements)).rejects.toThrow(refusal)
    expect(await rows(context, at)).toEqual(before)
  })

  test('and what the store decides is taken, in a book that a hand went over', async context => {
    const at = await bookOf(context)
    const store = await openPostgres({ url: at })
    expect(await store.write(tx => tx.ledger.post(topUp('p2', 7n)))).toMatchObject({ ok: true })
    const capture: LedgerCommand = {
      ...{ id: 'c1', at: 2, type: 'capture', hold: 'h1', kind: 'payment', subject: 's', final: true },
      legs: [
        { account: 'holder:a:EUR', minor: -150n },
        { account: 'rail:b:EUR', minor: 150n },
      ],
    }
    expect(await store.write(tx => tx.ledger.post(capture))).toMatchObject({ ok: true })
    await store.close()
    expect(await readBook(at, verify)).toEqual({ postings: 3, accounts: 3, wrong: null })
  })

  test('a database without triggers is written and read as well, and has them as soon as it may', async context => {
    const server = await postgres(context)
    const bare = await server.emptyDatabase()
    const count = async () => (await server.query(bare, 'SELECT count(*) AS n FROM pg_trigger WHERE NOT tgisinternal'))[0]?.['n']
    const store = await openPostgres({ url: bare, triggers: false })
    await store.write(tx => write(tx.ledger))
    await store.close()
    expect(await count()).toBe('0')
    expect(await readBook(bare, verify)).toEqual({ postings: 1, accounts: 3, wrong: null })
    await (await openPostgres({ url: bare })).close()
    expect(Number(await count())).toBeGreaterThan(10)
    await (await openPostgres({ url: bare, triggers: false })).close()
    await expect(does(bare, ['DELETE FROM ledger_leg'])).rejects.toThrow('immutable')
    const steps = [...postgresLedgerSteps, ...postgresServiceSteps]
    await (await openPostgresDatabase({ url: bare, migrations: steps, access: 'read' })).close()
  })
})
