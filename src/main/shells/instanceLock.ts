import { join } from 'node:path'
import Database from 'better-sqlite3'

export type InstanceLock = { readonly release: () => void }

/**
 * Takes the folder for this process alone; undefined where another process has it. It is an exclusive transaction on an empty SQLite file, that is
 * the system's own file lock: it falls with the process, even by kill -9, and can neither go stale nor be taken twice by two that start at once.
 */
export function lockFolder(folder: string): InstanceLock | undefined {
  const file = new Database(join(folder, 'wallet.lock'), { timeout: 0 })
  try {
    // Nothing is ever written: no journal beside it.
    file.pragma('journal_mode = MEMORY')
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
  return { release: () => file.close() }
}
