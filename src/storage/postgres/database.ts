import pg, { type Pool, type PoolClient } from 'pg'
import { Fault } from '#core/failure/faults.ts'
import { type Migration, OlderSchema } from '../migration.ts'
import { transactionOn } from './client.ts'
import type { Transaction } from './connection.ts'
import { codeOf, isLost, toFault } from './faults.ts'
import { apply, pending } from './migrate.ts'
import { withRetries } from './retry.ts'
import { isPostgresUrl, passwordIn } from './url.ts'

export type OpenOptions = {
  /** `postgres://user:password@host:port/database`, as libpq reads it. Its password is never told to anybody. */
  readonly url: string
  readonly migrations: readonly Migration[]
  /** False for a database that has none: what needs them is left out (docs/adr/0012-postgresql.md). */
  readonly triggers?: boolean
  /** The most connections of this instance. */
  readonly connections?: number
  /** How long a statement may run, how long it may wait for a row, and how long a transaction may do nothing. */
  readonly statementMs?: number
  readonly lockMs?: number
  /** `read`: nothing is changed, not even a schema; one of an earlier build is refused (`OlderSchema`). Nothing is begun a second time. */
  readonly access?: 'read' | 'write'
}

/** PostgreSQL, as one instance sees it. Works run side by side; a work may run more than once and changes nothing outside of its transaction. */
export type Database = {
  /** A transaction that sees what others have committed, statement by statement, and locks the rows that it decides upon. */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Sees one state from its first to its last statement, and writes nothing. */
  read<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Resolves when nothing is under way. */
  close(): Promise<void>
}

const begin = { write: 'BEGIN ISOLATION LEVEL READ COMMITTED', read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' } as const
type Kind = keyof typeof begin

/** Beyond so many that wait for a connection, the next is told that the service is busy. */
const mostWaiting = 1_000
const connectMs = 5_000
const idleMs = 30_000

/** PostgreSQL's numbers of its types, and how their text is read: whole numbers up to 2^53, and amounts without any bound. */
const readers: Readonly<Record<number, (text: string) => unknown>> = {
  20: text => {
    const number = Number(text)
    if (!Number.isSafeInteger(number))
      throw new Fault('database_damaged', { cause: new Error('a number beyond 2^53 stands in the database') })
    return number
  },
  23: Number,
  1700: BigInt,
}
const types = { getTypeParser: (oid: number) => readers[oid] ?? ((text: string) => text) }

function openPool({ url, connections = 16, statementMs = 10_000, lockMs = 4_000 }: OpenOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'okpay-service',
    max: connections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: idleMs,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    // Every question has an index. Plans are kept as long as a connection, and those that were made while a table was small would read all of it later.
    options: '-c enable_seqscan=off',
    // Statements go out without waiting for the answer to the one before: those of one step cost one way there and back.
    pipeline: true,
    types: { getTypeParser: types.getTypeParser as never },
  })
  // A connection that is lost between two statements says so here; whoever uses it hears of it from the next statement.
  pool.on('connect', client => client.on('error', () => undefined))
  pool.on('error', () => undefined)
  return pool
}

/** The server said that nothing of the transaction stands. */
const isRolledBack = (error: unknown): boolean => /^(40|23)/.test(codeOf(error))

/**
 * Asks for the end of a transaction. Fault service_timeout where the connection is lost before the answer comes: then nobody knows whether it
 * stands, and who asked finds out by the id of the wish. It is never begun again by itself.
 */
async function commit(client: PoolClient): Promise<void> {
  let said: string
  try {
    said = (await client.query('COMMIT')).command
  } catch (error) {
    if (isRolledBack(error)) throw error
    throw new Fault('service_timeout', { cause: new Error(`the outcome is not known: ${codeOf(error) || 'the connection was lost'}`) })
  }
  if (said !== 'COMMIT') throw new Error('a statement of the transaction had failed, and the work went on')
}

async function attempt<T>(client: PoolClient, kind: Kind, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { transaction, flush, end } = transactionOn(client, kind === 'write')
  try {
    await client.query(begin[kind])
    const value = await work(transaction)
    await flush()
    end()
    await commit(client)
    client.release()
    return value
  } catch (error) {
    end()
    // Where it cannot be undone by word, it is undone by closing the connection.
    const isUsable = !isLost(error) && !(error instanceof Fault && error.code === 'service_timeout')
    const undone =
      isUsable &&
      (await client
        .query('ROLLBACK')
        .then(() => true)
        .catch(() => false))
    client.release(!undone)
    throw error
  }
}

/** What begins, ends and repeats the transactions of a pool. */
function transactions(pool: Pool, { url, access }: OpenOptions): Omit<Database, 'close'> & { idle(): Promise<void> } {
  const secret = passwordIn(url)
  const running = new Set<Promise<unknown>>()
  // A server that cannot be reached is told at once: trying again is for whoever asks.
  const connect = (): Promise<PoolClient> =>
    pool.connect().catch((error: unknown) => {
      throw toFault(error, secret)
    })
  const once = async <T>(kind: Kind, work: (tx: Transaction) => Promise<T>): Promise<T> => {
    if (pool.waitingCount >= mostWaiting) throw new Fault('service_busy', { cause: new Error('too many wait for a connection') })
    return attempt(await connect(), kind, work)
  }
  const transact = async <T>(kind: Kind, work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const done = access === 'read' ? once(kind, work) : withRetries(() => once(kind, work))
    running.add(done)
    try {
      return await done
    } catch (error) {
      throw toFault(error, secret)
    } finally {
      running.delete(done)
    }
  }
  return {
    write: work => transact('write', work),
    read: work => transact('read', work),
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

/**
 * Opens a PostgreSQL database, or one that speaks like it, and brings its schema up to date.
 * Faults: database_newer, database_unfinished (left untouched), service_offline (no server, no such database, another password), service_busy, disk_full.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (!isPostgresUrl(options.url)) throw new TypeError('not the URL of a PostgreSQL database')
  const pool = openPool(options)
  const { write, read, idle } = transactions(pool, options)
  const isReading = options.access === 'read'
  /** Nobody needs triggers to read. */
  const needed = (migrations: readonly Migration[]): readonly Migration[] =>
    isReading || options.triggers === false ? migrations.filter(({ needsTriggers }) => needsTriggers !== true) : migrations
  const toApply = async (tx: Transaction) => needed(await pending(tx, options.migrations))
  try {
    const todo = await read(toApply)
    if (todo.length > 0 && isReading) throw new OlderSchema(todo, needed(options.migrations))
    if (todo.length > 0) await write(async tx => apply(tx, await toApply(tx)))
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    write,
    read,
    close: async () => {
      await idle()
      await pool.end()
    },
  }
}
