import { join } from 'node:path'
import Database from 'better-sqlite3'

export type InstanceLock = { readonly release: () => void }
export type LockOutcome = InstanceLock | 'taken' | 'unusable'

/**
 * Takes the folder for this process alone; `taken` where another process has it, `unusable` where its lock file cannot be opened. It is an exclusive transaction on an empty SQLite file, that is
 * the system's own file lock: it falls with the process, even by kill -9, and can neither go stale nor be taken twice by two that start at once.
 */
export function lockFolder(folder: string): LockOutcome {
  let file: Database.Database | undefined
  try {
    file = new Database(join(folder, 'wallet.lock'), { timeout: 0 })
    // Nothing is ever written: no journal beside it.
    file.pragma('journal_mode = MEMORY')
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file?.close()
    if (!(error instanceof Database.SqliteError)) throw error
    return error.code.startsWith('SQLITE_BUSY') ? 'taken' : 'unusable'
  }
  const held = file
  return { release: () => held.close() }
}
