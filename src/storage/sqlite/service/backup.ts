import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { openDatabase } from '../database.ts'
import { asFaults } from '../faults.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'

const migrations = [...ledgerMigrations, ...serviceMigrations]
/** What SQLite keeps beside a file belongs to it. */
const endings = ['-wal', '-shm', '-journal'] as const

export function removeDatabase(path: string): void {
  for (const ending of ['', ...endings]) rmSync(path + ending, { force: true })
}

/** Waits until what was written to a file is on the disk. */
function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * A copy of the service's book as it stands at one moment, made beside the service that may be writing. VACUUM INTO keeps cipher and key: nothing is ever
 * plain text on disk. `path` must not be there yet; it is for its owner alone. Faults and `OlderSchema` as `openDatabase` for reading; disk_full.
 */
export function copyBook(from: string, path: string, key: Uint8Array | null): void {
  const db = openDatabase({ path: from, key, migrations, application: 'service', mustExist: true, access: 'read' })
  try {
    // SQLite writes into an empty file, whose mode is then ours and not the umask's.
    asFaults(() => closeSync(openSync(path, 'wx', 0o600)))
    db.prepare('VACUUM INTO ?').run(path)
    asFaults(() => syncFile(path))
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    db.close()
  }
}

/** Gives a file a second name, or a copy where the file system knows no second names. */
function keepAs(path: string, aside: string): void {
  try {
    linkSync(path, aside)
  } catch {
    copyFileSync(path, aside)
  }
}

/** Folds the log of a book that was ended by force into its file; one that does not open stays as it is. */
function foldLog(path: string, key: Uint8Array | null): void {
  if (!existsSync(`${path}-wal`)) return
  try {
    openDatabase({ path, key, migrations, application: 'service', mustExist: true }).close()
  } catch {
    // It is put aside with its log.
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

/**
 * Puts `fresh` in the place of the book at `path`; what was there stays as `aside`. At every moment there is a book at `path`: a service that found none
 * would make an empty one. Nobody may have either open. Faults: disk_full, folder_read_only.
 */
export function replaceBook(path: string, fresh: string, aside: string, key: Uint8Array | null): void {
  asFaults(() => {
    syncFile(fresh)
    if (existsSync(path)) {
      foldLog(path, key)
      keepAs(path, aside)
    }
    // A log that stayed would be written into the new book.
    for (const ending of endings) if (existsSync(path + ending)) renameSync(path + ending, aside + ending)
    renameSync(fresh, path)
    syncFolder(dirname(path))
  })
}
