import { existsSync } from 'node:fs'
import type { AccountId } from '#core/ledger/account.ts'
import { unfinishedMove } from '../../migration.ts'
import { type Cell, type MoveReader, type MoveSource, type MoveTarget, type MoveWriter, movedTables } from '../../move.ts'
import type { SqlValue } from '../connection.ts'
import { type Database, openDatabase } from '../database.ts'
import { ledgerJournal } from '../ledgerJournal.ts'
import { ledgerRows } from '../ledgerRows.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'

type Options = { readonly path: string; readonly key: Uint8Array }
type CellsRow = Readonly<Record<string, Cell>>

const migrations = [...ledgerMigrations, ...serviceMigrations]

function readerOf(db: Database): MoveReader {
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)
  const columns = (table: string): readonly string[] =>
    db
      .prepare<{ name: string }>('SELECT name FROM pragma_table_info(?) ORDER BY name')
      .all(table)
      .map(({ name }) => name)
  return {
    columns: async table => columns(table),
    rows: async (table, after, limit) => {
      const names = columns(table)
      const key = movedTables[table].join(', ')
      const above = after ? `WHERE (${key}) > (${after.map(() => '?').join(', ')})` : ''
      return db
        .prepare<CellsRow>(`SELECT ${names.join(', ')} FROM ${table} ${above} ORDER BY ${key} LIMIT ?`, { bigints: true })
        .all(...(after ?? []), limit)
        .map(row => names.map(name => row[name] ?? null))
    },
    accounts: async (after, limit) => rows.accountsAfter(after, limit),
    journal: async (after, limit) => journal.entriesAfter(after, limit),
    holds: async (after, limit) => rows.holdsAfter(after, limit),
  }
}

/** Every row passes by the triggers and checks of the tables, as when it was written first. */
function writerOf(db: Database): MoveWriter {
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)
  const numbers = new Map<AccountId, number>()
  const numberOf = (id: AccountId): number => {
    const n = numbers.get(id) ?? rows.account(id)?.n
    if (n === undefined) throw new Error(`there is no account ${id}`)
    numbers.set(id, n)
    return n
  }
  return {
    keepRows: async (table, columns, all) => {
      const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      for (const row of all) insert.run(...(row satisfies readonly SqlValue[]))
    },
    openAccounts: async states => {
      for (const { id } of states) rows.openAccount(id)
    },
    keepJournal: async entries => {
      for (const { id, body, answer, posting } of entries) {
        const { lastInsertRowid } = journal.keepEntry(id, { body, answer }, posting, numberOf)
        if (posting) journal.keepLegs(lastInsertRowid, posting.legs, numberOf)
      }
    },
    keepHolds: async holds => {
      for (const hold of holds) rows.keepHold(numberOf(hold.account), hold)
    },
    settleAccounts: async states => {
      for (const { id, status } of states) rows.saveStatus(numberOf(id), status)
    },
  }
}

async function inTransaction<T>(db: Database, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => Promise<T>): Promise<T> {
  db.exec(begin)
  try {
    const value = await work()
    db.exec('COMMIT')
    return value
  } catch (error) {
    if (db.inTransaction()) db.exec('ROLLBACK')
    throw error
  }
}

const source = (db: Database): MoveSource => ({
  read: work => inTransaction(db, 'BEGIN', () => work(readerOf(db))),
  close: async () => db.close(),
})

/** The service's book in a file, for nobody else meanwhile. Faults: as `openDatabase`; service_busy where a service has it open; throws `OlderSchema`. */
export const openMoveSource = ({ path, key }: Options): MoveSource =>
  source(openDatabase({ path, key, migrations, application: 'service', mustExist: true, access: 'alone' }))

/** Makes an empty book that waits to be filled; undefined where there is a file already. Faults: disk_full, folder_read_only. */
export function openMoveTarget({ path, key }: Options): MoveTarget | undefined {
  if (existsSync(path)) return undefined
  const db = openDatabase({ path, key, migrations: [...migrations, unfinishedMove], application: 'service' })
  return {
    ...source(db),
    write: work => inTransaction(db, 'BEGIN IMMEDIATE', () => work(writerOf(db))),
    finish: () =>
      inTransaction(db, 'BEGIN IMMEDIATE', async () => {
        db.prepare('DELETE FROM applied_migration WHERE name = ?').run(unfinishedMove.name)
        db.exec(`PRAGMA user_version = ${migrations.length}`)
      }),
  }
}
