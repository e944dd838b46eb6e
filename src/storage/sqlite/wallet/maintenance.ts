import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { Fault } from '#core/failure/faults.ts'
import type { Database } from '../database.ts'
import { asFaults } from '../faults.ts'
import { walletMigrations } from '../migrations/wallet/index.ts'
import { deviceSetting } from './records.ts'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

type Row = Readonly<Record<string, string | number | null>>

/** Empties the wallet but for the rows that it is given. The book's tables cannot be emptied, only made anew: its rows refuse to be deleted. */
function makeAnew(db: Database, kept: readonly { readonly table: string; readonly rows: readonly Row[] }[]): void {
  db.exec('PRAGMA foreign_keys = OFF')
  db.transaction(() => {
    const made = db.prepare<{ type: string; name: string }>(
      `SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view') AND name <> 'applied_migration' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'movement_text_%'`,
    )
    for (const { type, name } of made.all()) db.exec(`DROP ${type} ${quoted(name)}`)
    for (const { sql } of walletMigrations) db.exec(sql)
    for (const { table, rows } of kept)
      for (const row of rows) {
        const columns = Object.keys(row)
        db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row))
      }
  })
  db.exec('PRAGMA foreign_keys = ON')
}

const personalColumns = 'subject, field, value, ms, count, device, sent, over_ms, over_count, over_device'

const rowsOf = (db: Database, sql: string): readonly Row[] => db.prepare<Row>(sql).all()

/** Empties the wallet but for the device's own settings. One transaction: a crash leaves all of it or none. */
export function forgetAccount(db: Database): void {
  const settings = rowsOf(db, 'SELECT name, value FROM setting').filter(({ name }) => String(name).startsWith(deviceSetting))
  makeAnew(db, [{ table: 'setting', rows: settings }])
}

/** Forgets what the service told and what was found of it; profile, settings, intents and what the person wrote stay. One transaction, as `forgetAccount`. */
export function forgetBook(db: Database): void {
  makeAnew(db, [
    { table: 'setting', rows: rowsOf(db, `SELECT name, value FROM setting WHERE name NOT LIKE 'provider.%'`) },
    { table: 'personal_register', rows: rowsOf(db, `SELECT ${personalColumns} FROM personal_register`) },
    { table: 'intent', rows: rowsOf(db, 'SELECT n, id, type, json, made_at, answer FROM intent ORDER BY n') },
    { table: 'document', rows: rowsOf(db, `SELECT kind, id, at, json FROM document WHERE kind = 'profile'`) },
  ])
}

/** A copy, and what SQLite may have laid beside it. */
export function removeCopy(path: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(path + ending, { force: true })
}

/** An encrypted copy with the same key and cipher: VACUUM INTO keeps both (a plain backup is refused by encrypted databases). */
export function vacuumInto(db: Database, path: string): void {
  removeCopy(path)
  // SQLite writes into an empty file, whose mode is then its owner's alone and not the umask's.
  asFaults(() => closeSync(openSync(path, 'wx', 0o600)))
  db.prepare('VACUUM INTO ?').run(path)
}

/** A copy that is written beside its path, read from its first page to its last, and only then takes its name. `verify` opens it with the key that only its caller has. */
export function backUpTo(db: Database, path: string, verify: (copy: string) => void): void {
  const half = `${path}.part`
  try {
    vacuumInto(db, half)
    verify(half)
    asFaults(() => renameSync(half, path))
  } finally {
    removeCopy(half)
  }
}

/** Throws the fault database_damaged where SQLite finds the file not sound. */
export function checkIntegrity(db: Database): void {
  const [first] = db.prepare<{ integrity_check: string }>('PRAGMA integrity_check(1)').all()
  if (first?.integrity_check !== 'ok') throw new Fault('database_damaged', { cause: new Error(first?.integrity_check ?? 'no answer') })
}
