import { Fault } from '#core/failure/faults.ts'
import { mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import { unfinishedMove } from '../../migration.ts'
import { type Cell, type MoveReader, type MoveSource, type MoveTarget, type MoveWriter, movedTables } from '../../move.ts'
import type { SqlValue, Transaction } from '../connection.ts'
import { type Database, type OpenOptions, openDatabase } from '../database.ts'
import { ledgerPages } from '../ledgerPages.ts'
import { apply, pending } from '../migrate.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'
import { patienceMs } from './bookReader.ts'

const migrations = [...ledgerMigrations, ...serviceMigrations]

/** A row as the driver gives it: whole numbers up to 2^53, and amounts as bigints. */
type DriverRow = Readonly<Record<string, Cell | number>>

const cellOf = (value: Cell | number | undefined): Cell => (typeof value === 'number' ? BigInt(value) : (value ?? null))

function readerOf(tx: Transaction): MoveReader {
  const { accounts, journal, holds } = ledgerPages(tx)
  const columns = async (table: string): Promise<readonly string[]> => {
    const found = await tx.all<{ name: string }>(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1',
      table,
    )
    return found.map(({ name }) => name).sort()
  }
  return {
    columns,
    rows: async (table, after, limit) => {
      const names = await columns(table)
      const key = movedTables[table]
      const above = after ? `WHERE (${key.join(', ')}) > (${key.map((_, index) => `$${index + 2}`).join(', ')})` : ''
      const rows = await tx.all<DriverRow>(
        `SELECT ${names.join(', ')} FROM ${table} ${above} ORDER BY ${key.join(', ')} LIMIT $1`,
        ...[limit, ...(after ?? [])],
      )
      return rows.map(row => names.map(name => cellOf(row[name])))
    },
    accounts,
    journal,
    holds,
  }
}

/** So many rows go in one statement, for each is a round trip; and no more, for each number of rows is a statement of its own. */
const rowsAtOnce = 64

async function insert(tx: Transaction, table: string, columns: readonly string[], all: readonly (readonly SqlValue[])[]): Promise<void> {
  for (let done = 0; done < all.length; done += rowsAtOnce) {
    const rows = all.slice(done, done + rowsAtOnce)
    const places = rows.map((_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ')})`)
    await tx.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places.join(', ')}`, ...rows.flat())
  }
}

const writerOf = (tx: Transaction): MoveWriter => ({
  keepRows: (table, columns, rows) => insert(tx, table, columns, rows),
  /** As they are in the end: nothing here looks at an account while legs are written. */
  openAccounts: states =>
    insert(
      tx,
      'ledger_account',
      ['id', 'owner', 'currency', 'may_go_below_zero', 'status', 'posted', 'held', 'version', 'chain'],
      states.map(({ id, status, posted, held, version, chain }) => {
        const name = parseAccountId(id)
        if (!name) throw new TypeError(`not an account: ${id}`)
        return [id, name.owner, name.currency, String(mayGoBelowZero(id)), status, posted, held, version, chain]
      }),
    ),
  keepJournal: async entries => {
    await insert(
      tx,
      'ledger_journal',
      ['id', 'body', 'answer', 'kind', 'subject', 'effective_at', 'recorded_at', 'reverses'],
      entries.map(({ id, body, answer, posting }) => {
        const { kind = null, subject = null, effectiveAt = null, recordedAt = null, reverses = null } = posting ?? {}
        return [id, body, answer, kind, subject, effectiveAt, recordedAt, reverses]
      }),
    )
    await insert(
      tx,
      'ledger_leg',
      ['posting', 'position', 'account', 'version', 'minor', 'after', 'chain'],
      entries.flatMap(({ id, posting }) =>
        (posting?.legs ?? []).map(({ account, version, minor, after, chain }, index) => [
          ...[id, index + 1, account, version, minor, after, chain],
        ]),
      ),
    )
  },
  keepHolds: holds =>
    insert(
      tx,
      'ledger_hold',
      ['id', 'account', 'minor', 'captured', 'subject', 'expires_at', 'state'],
      holds.map(({ id, account, minor, captured, subject, expiresAt, state }) => [id, account, minor, captured, subject, expiresAt, state]),
    ),
  settleAccounts: async () => undefined,
})

/** Nobody else tells news meanwhile: a change by an instance waits for these rows, and is told that the service is busy. */
const lockNews = (tx: Transaction) => tx.all(`SELECT stripe FROM change_head ORDER BY stripe${tx.forUpdate}`)

/** Keeps a transaction open until `end` is called. */
function holding(db: Database, begin: (tx: Transaction) => Promise<unknown>): Promise<{ end(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    let end = (): void => undefined
    const ended = new Promise<void>(done => {
      end = done
    })
    const done = db.write(async tx => {
      await begin(tx)
      resolve({
        end: () => {
          end()
          return done
        },
      })
      await ended
    })
    done.catch(reject)
  })
}

/**
 * The service's book in PostgreSQL. While it is open, instances that run on it cannot change money. Faults: as `openDatabase`, service_busy where another
 * holds it; throws `OlderSchema`.
 */
export async function openMoveSource(url: string): Promise<MoveSource> {
  const db = await openDatabase({ url, migrations, access: 'read', connections: 2, statementMs: patienceMs })
  try {
    const lock = await holding(db, lockNews)
    return {
      read: work => db.read(tx => work(readerOf(tx))),
      close: async () => {
        await lock.end()
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** Faults: database_unfinished where an earlier move into it did not come to its end. */
async function isEmpty(url: string): Promise<boolean> {
  const db = await openDatabase({ url, migrations: [], access: 'read', connections: 1 }).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'database_newer') return undefined
    throw error
  })
  if (!db) return false
  try {
    return await db.read(async tx => {
      const one = await tx.get('SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1')
      return one === undefined
    })
  } finally {
    await db.close()
  }
}

/**
 * Makes an empty book that waits to be filled; undefined where the database is not empty. Accounts are written as they are in the end, so that the triggers
 * come last. Faults: as `openDatabase`.
 */
export async function openMoveTarget({ url, triggers = true }: Pick<OpenOptions, 'url' | 'triggers'>): Promise<MoveTarget | undefined> {
  if (!(await isEmpty(url))) return undefined
  const marked = [...migrations, unfinishedMove]
  const db = await openDatabase({ url, migrations: marked, triggers: false, connections: 2, statementMs: patienceMs })
  return {
    read: work => db.read(tx => work(readerOf(tx))),
    write: work => db.write(tx => work(writerOf(tx))),
    finish: () =>
      db.write(async tx => {
        await tx.run(`UPDATE counter SET last = (SELECT coalesce(max(number), 0) FROM question) WHERE name = 'question'`)
        if (triggers) await apply(tx, await pending(tx, marked))
        await tx.run('DELETE FROM applied_migration WHERE name = $1', unfinishedMove.name)
      }),
    close: db.close,
  }
}
