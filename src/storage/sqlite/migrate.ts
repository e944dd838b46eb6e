import { type Applied, type Migration, stillToApply } from '../migration.ts'
import type { Database } from './connection.ts'

export type { Migration } from '../migration.ts'

function applied(db: Database): readonly Applied[] {
  const has = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'applied_migration'`).get() !== undefined
  return has ? db.prepare<Applied>('SELECT name, version FROM applied_migration').all() : []
}

/** What is still to apply, in the order of the list. Reads only. Faults: see `stillToApply`. */
export const pending = (db: Database, migrations: readonly Migration[]): readonly Migration[] => stillToApply(migrations, applied(db))

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
