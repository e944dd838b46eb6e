import { Fault } from '#core/failure/faults.ts'
import type { Migration } from '../sqlite/migrate.ts'
import type { Transaction } from './connection.ts'

const keyOf = ({ version, name }: Pick<Migration, 'version' | 'name'>): string => `${name} ${version}`

async function applied(tx: Transaction): Promise<ReadonlySet<string>> {
  const has = await tx.get(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'applied_migration'`,
  )
  if (has === undefined) return new Set()
  return new Set((await tx.all<{ name: string; version: number }>('SELECT name, version FROM applied_migration')).map(keyOf))
}

/**
 * Throws the fault database_newer where the database holds a migration that this build does not know. Reads only.
 * @returns what is still to apply, in the order of the list.
 */
export async function pending(tx: Transaction, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const known = new Set(migrations.map(keyOf))
  if (known.size !== migrations.length) throw new Error('two migrations have the same name and version')
  const done = await applied(tx)
  const unknown = [...done].filter(key => !known.has(key))
  if (unknown.length > 0) throw new Fault('database_newer', { cause: new Error(`unknown migrations: ${unknown.join(', ')}`) })
  return migrations.filter(migration => !done.has(keyOf(migration)))
}

/**
 * Notes each migration and applies it, in the caller's transaction. It is noted first: of two instances that start at once, the second waits at
 * that row until the first is done, is then told that the row is there (unique_violation), and finds nothing to do when it looks again.
 */
export async function apply(tx: Transaction, migrations: readonly Migration[]): Promise<void> {
  if (migrations.length === 0) return
  await tx.exec('CREATE TABLE IF NOT EXISTS applied_migration (name TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (name, version))')
  for (const { name, version, sql } of migrations) {
    await tx.run('INSERT INTO applied_migration (name, version) VALUES ($1, $2)', name, version)
    await tx.exec(sql)
  }
}
