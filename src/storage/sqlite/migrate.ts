import { Fault } from '#core/failure/faults.ts'
import type { Database } from './connection.ts'

/** One step forward of a schema. There is no way back: a database of a newer build is refused instead. */
export type Migration = {
  /** Within its name's family, from 1. */
  readonly version: number
  /** Unique together with the version, such as `ledger-book`. */
  readonly name: string
  readonly sql: string
}

const keyOf = ({ version, name }: Pick<Migration, 'version' | 'name'>): string => `${name} ${version}`

function applied(db: Database): ReadonlySet<string> {
  const has = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'applied_migration'`).get() !== undefined
  if (!has) return new Set()
  return new Set(db.prepare<{ name: string; version: number }>('SELECT name, version FROM applied_migration').all().map(keyOf))
}

/**
 * Throws the fault database_newer where the database holds a migration that this build does not know. Reads only.
 * @returns what is still to apply, in the order of the list.
 */
export function pending(db: Database, migrations: readonly Migration[]): readonly Migration[] {
  const known = new Set(migrations.map(keyOf))
  if (known.size !== migrations.length) throw new Error('two migrations have the same name and version')
  const done = applied(db)
  const unknown = [...done].filter(key => !known.has(key))
  if (unknown.length > 0) throw new Fault('database_newer', { cause: new Error(`unknown migrations: ${unknown.join(', ')}`) })
  return migrations.filter(migration => !done.has(keyOf(migration)))
}

/** Applies each migration and notes it, all in one transaction: a crash leaves the old schema or the new one. `user_version` counts them. */
export function apply(db: Database, migrations: readonly Migration[]): void {
  if (migrations.length === 0) return
  db.transaction(() => {
    db.exec(
      'CREATE TABLE IF NOT EXISTS applied_migration (name TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (name, version)) STRICT, WITHOUT ROWID',
    )
    const note = db.prepare('INSERT INTO applied_migration (name, version) VALUES (?, ?)')
    for (const { name, version, sql } of migrations) {
      db.exec(sql)
      note.run(name, version)
    }
    const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM applied_migration').get()?.n ?? 0
    db.exec(`PRAGMA user_version = ${count}`)
  })
}
