import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import { Fault } from '#core/failure/faults.ts'
import { type Migration, OlderSchema } from '../migration.ts'
import type { Database, Statement } from './connection.ts'
import { asFaults, toFault } from './faults.ts'
import { apply, pending } from './migrate.ts'

export type { Database } from './connection.ts'

/** `application_id` of each kind of database, so that one is never opened as the other: OKPW, OKPS. */
const applications = { wallet: 0x4f4b5057, service: 0x4f4b5053 } as const

export type OpenOptions = {
  /** A file, or `:memory:`. */
  readonly path: string
  /** 32 raw bytes, or null for a database in plain text. The caller keeps and wipes it. */
  readonly key: Uint8Array | null
  readonly migrations: readonly Migration[]
  readonly application: keyof typeof applications
  /** Refuses to make a new file (fault database_damaged): where a book was, an empty one never takes its place in silence. */
  readonly mustExist?: boolean
  /**
   * `read`: beside the one who writes. Nothing is changed, not even a schema: one of an earlier build is refused (`OlderSchema`). `alone`: the same, and
   * nobody else may have it open meanwhile (fault service_busy).
   */
  readonly access?: 'read' | 'alone' | 'write'
}

const hexDigits = '0123456789abcdef'

/** `raw:` and the key in hexadecimal, as bytes and not as a string, so that it can be wiped. */
function rawKey(key: Uint8Array): Buffer {
  if (key.length !== 32) throw new TypeError('a database key has 32 bytes')
  const raw = Buffer.alloc(4 + 64)
  raw.write('raw:', 'latin1')
  key.forEach((byte, i) => {
    raw[4 + 2 * i] = hexDigits.charCodeAt(byte >> 4)
    raw[5 + 2 * i] = hexDigits.charCodeAt(byte & 15)
  })
  return raw
}

/** AEGIS-256 measured fastest of the page ciphers on this build, and it authenticates each page; see docs/adr on the encrypted database. */
function unlock(sqlite: BetterSqlite3.Database, key: Uint8Array): void {
  sqlite.pragma(`cipher = 'aegis'`)
  const raw = rawKey(key)
  sqlite.key(raw)
  raw.fill(0)
}

function wrap(sqlite: BetterSqlite3.Database, path: string): Database {
  // One for each shape of rows, by the text as it stands in the source: a key made for each call would cost as much as a short statement.
  const caches = [0, 1, 2, 3].map(() => new Map<string, Statement<unknown>>())
  let undone = 0
  const failed = (error: unknown): unknown => {
    undone += 1
    return toFault(error)
  }
  const compile = <Row>(sql: string, bigints: boolean, arrays: boolean): Statement<Row> => {
    const statement = asFaults(() => sqlite.prepare<unknown[], Row>(sql))
    if (bigints) statement.safeIntegers()
    if (arrays) statement.raw()
    const undoes = sql.startsWith('ROLLBACK')
    return {
      // Said out for the three that each command calls several times: a closure a call is more than a short statement costs.
      run: (...values) => {
        if (undoes) undone += 1
        try {
          return statement.run(...values)
        } catch (error) {
          throw failed(error)
        }
      },
      get: (...values) => {
        try {
          return statement.get(...values)
        } catch (error) {
          throw failed(error)
        }
      },
      all: (...values) => {
        try {
          return statement.all(...values)
        } catch (error) {
          throw failed(error)
        }
      },
      iterate: (...values) => asFaults(() => statement.iterate(...values)),
    }
  }
  // `sqlite.transaction` makes its functions anew for each work: a tenth of what a short post costs.
  const begin = sqlite.prepare('BEGIN IMMEDIATE')
  const commit = sqlite.prepare('COMMIT')
  const rollback = sqlite.prepare('ROLLBACK')
  const inTransaction = <T>(work: () => T): T => {
    try {
      begin.run()
      const value = work()
      commit.run()
      return value
    } catch (error) {
      // A full disk may have ended it already.
      if (sqlite.inTransaction) asFaults(() => rollback.run())
      throw failed(error)
    }
  }
  const dataVersion = sqlite.prepare<[], number>('PRAGMA data_version').pluck()
  return {
    path,
    isOpen: () => sqlite.open,
    inTransaction: () => sqlite.inTransaction,
    mark: () => (undone % 2 ** 20) * 2 ** 32 + (dataVersion.get() ?? 0),
    prepare<Row>(sql: string, { bigints = false, arrays = false } = {}) {
      const cache = caches[(bigints ? 1 : 0) + (arrays ? 2 : 0)]
      const known = cache?.get(sql)
      if (known) return known as Statement<Row>
      if (cache && cache.size > 500) cache.clear()
      const fresh = compile<Row>(sql, bigints, arrays)
      cache?.set(sql, fresh)
      return fresh
    },
    exec: sql => {
      undone += 1
      asFaults(() => sqlite.exec(sql))
    },
    transaction: work => (sqlite.inTransaction ? work() : inTransaction(work)),
    close: () => {
      for (const cache of caches) cache.clear()
      asFaults(() => sqlite.close())
    },
  }
}

/** WAL with every commit on disk. Entering WAL sets synchronous to NORMAL in this build, so FULL comes after it and is read back. */
function makeDurable(sqlite: BetterSqlite3.Database): void {
  const mode = sqlite.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal' && mode !== 'memory') throw new Error(`journal mode is ${String(mode)}`)
  sqlite.pragma('synchronous = FULL')
  const synchronous = sqlite.pragma('synchronous', { simple: true })
  if (synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}`)
}

/**
 * Temporary tables and sorters stay in memory: on disk they would be plain text. The write-ahead log is folded back each 16 MB: the pages that every
 * commit changes are then written to their place once for many commits. Without `recursive_triggers` a row that REPLACE takes away would be deleted past
 * the triggers that refuse it.
 */
function configure(sqlite: BetterSqlite3.Database): void {
  const guards = ['foreign_keys = ON', 'trusted_schema = OFF', 'recursive_triggers = ON']
  const pragmas = [...guards, 'temp_store = MEMORY', 'cache_size = -16000', 'wal_autocheckpoint = 4000']
  for (const pragma of pragmas) sqlite.pragma(pragma)
}

/** Only a file that begins as SQLite's own, or whose first page this key opens, is ours. */
function readIdentity(sqlite: BetterSqlite3.Database, key: Uint8Array | null): { application: unknown; tables: unknown } {
  try {
    return {
      application: sqlite.pragma('application_id', { simple: true }),
      tables: sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get(),
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    throw key && code === 'SQLITE_NOTADB' ? new Fault('database_key_wrong', { cause: error }) : toFault(error)
  }
}

function checkFile({ path, mustExist = false }: OpenOptions): void {
  if (path === ':memory:') return
  const size = existsSync(path) ? statSync(path).size : 0
  if (size === 0 && mustExist) throw new Fault('database_damaged', { cause: new Error('the database file is missing or empty') })
  if (size % 512 !== 0) throw new Fault('database_damaged', { cause: new Error('the database file is cut short') })
}

const load = createRequire(import.meta.url)

/**
 * Encrypts every page of a file that nobody has open with another key. A crash in the middle leaves a file that no key may open: it is for copies.
 * Faults: disk_full, folder_read_only.
 */
export function rekeyFile(path: string, key: Uint8Array, next: Uint8Array): void {
  const Sqlite: typeof BetterSqlite3 = load('better-sqlite3')
  const sqlite = asFaults(() => new Sqlite(path, { fileMustExist: true }))
  try {
    unlock(sqlite, key)
    sqlite.pragma('temp_store = MEMORY')
    // Outside of WAL the new pages get a salt of their own.
    sqlite.pragma('journal_mode = DELETE')
    const raw = rawKey(next)
    sqlite.rekey(raw)
    raw.fill(0)
  } catch (error) {
    throw toFault(error)
  } finally {
    sqlite.close()
  }
}

/**
 * Opens a database, or makes it, and brings its schema up to date.
 * Faults: database_newer, database_too_old, database_unfinished (left untouched), database_key_wrong (another key, or a first page that no key opens), database_damaged,
 * folder_read_only, disk_full.
 */
export function openDatabase(options: OpenOptions): Database {
  const { path, key, migrations, application, access = 'write' } = options
  checkFile(options)
  const Sqlite: typeof BetterSqlite3 = load('better-sqlite3')
  const sqlite = asFaults(() => new Sqlite(path, { timeout: 5000, readonly: access === 'read' }))
  try {
    if (key) unlock(sqlite, key)
    if (access === 'alone') sqlite.pragma('locking_mode = EXCLUSIVE')
    const identity = readIdentity(sqlite, key)
    configure(sqlite)
    const isNew = identity.tables === 0 && identity.application === 0
    if (!isNew && identity.application !== applications[application])
      throw new Fault('database_damaged', { cause: new Error(`not a database of the ${application}`) })
    const db = wrap(sqlite, path)
    const todo = pending(db, migrations)
    if (access !== 'write' && todo.length > 0) throw new OlderSchema(todo, migrations)
    if (access === 'alone') db.exec('BEGIN IMMEDIATE; COMMIT')
    if (access !== 'write') return db
    makeDurable(sqlite)
    if (isNew) sqlite.pragma(`application_id = ${applications[application]}`)
    apply(db, todo)
    return db
  } catch (error) {
    sqlite.close()
    throw toFault(error)
  }
}
