import { existsSync, renameSync, rmSync } from 'node:fs'
import { Fault } from '#core/failure/faults.ts'
import type { Database } from '../database.ts'
import { asFaults } from '../faults.ts'
import { walletMigrations } from '../migrations/wallet/index.ts'
import { deviceSetting } from './records.ts'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Empties the wallet but for the device's own settings. The book's tables cannot be emptied, only made anew: its rows refuse to be deleted.
 * One transaction: a crash leaves all of it or none.
 */
export function forgetAccount(db: Database): void {
  const settings = db
    .prepare<{ name: string; value: string }>('SELECT name, value FROM setting')
    .all()
    .filter(({ name }) => name.startsWith(deviceSetting))
  db.exec('PRAGMA foreign_keys = OFF')
  db.transaction(() => {
    const made = db.prepare<{ type: string; name: string }>(
      `SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view') AND name <> 'applied_migration' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'movement_text_%'`,
    )
    for (const { type, name } of made.all()) db.exec(`DROP ${type} ${quoted(name)}`)
    for (const { sql } of walletMigrations) db.exec(sql)
    const keep = db.prepare('INSERT INTO setting (name, value) VALUES (?, ?)')
    for (const { name, value } of settings) keep.run(name, value)
  })
  db.exec('PRAGMA foreign_keys = ON')
}

/**
 * An encrypted copy with the same key and cipher: VACUUM INTO keeps both (a plain backup is refused by encrypted databases). It is written beside its path,
 * read from its first page to its last, and only then takes its name. `verify` opens it with the key that only its caller has.
 */
export function backUpTo(db: Database, path: string, verify: (copy: string) => void): void {
  const half = `${path}.part`
  rmSync(half, { force: true })
  try {
    db.prepare('VACUUM INTO ?').run(half)
    verify(half)
    asFaults(() => renameSync(half, path))
  } finally {
    if (existsSync(half)) rmSync(half, { force: true })
  }
}

/** Throws the fault database_damaged where SQLite finds the file not sound. */
export function checkIntegrity(db: Database): void {
  const [first] = db.prepare<{ integrity_check: string }>('PRAGMA integrity_check(1)').all()
  if (first?.integrity_check !== 'ok') throw new Fault('database_damaged', { cause: new Error(first?.integrity_check ?? 'no answer') })
}
