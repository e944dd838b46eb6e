import { type Applied, type Migration, stillToApply } from '../migration.ts'
import type { Transaction } from './connection.ts'

async function applied(tx: Transaction): Promise<readonly Applied[]> {
  const has = await tx.get(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'applied_migration'`,
  )
  return has === undefined ? [] : tx.all<Applied>('SELECT name, version FROM applied_migration')
}

/** What is still to apply, in the order of the list. Reads only. Faults: see `stillToApply`. */
export const pending = async (tx: Transaction, migrations: readonly Migration[]): Promise<readonly Migration[]> =>
  stillToApply(migrations, await applied(tx))

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
