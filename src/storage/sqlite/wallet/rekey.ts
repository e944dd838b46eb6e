import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '#core/failure/faults.ts'
import type { RekeyStep } from '#core/wallet/store.ts'
import { type Database, rekeyFile } from '../database.ts'
import { asFaults } from '../faults.ts'
import { removeCopy, vacuumInto } from './maintenance.ts'

type Rekey = {
  readonly path: string
  readonly key: Uint8Array
  readonly next: Uint8Array
  /** Reads a copy from its first page to its last, under the new key. */
  readonly verify: (copy: string) => void
  readonly tell: (step: RekeyStep) => void
}

/** Where the copy under the new key grows. What a crash leaves of it is removed at the next opening: see `removeHalf`. */
const halfOf = (path: string): string => `${path}.rekeyed`

export const removeHalf = (path: string): void => removeCopy(halfOf(path))

/** A rename is on disk only once its folder is; Windows has no such call and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Folds the log into the file, so that the file alone is the wallet: pages under the old key must not stand beside a file under the new one. */
function leaveLog(db: Database): void {
  const mode = db.prepare<{ journal_mode: string }>('PRAGMA journal_mode = DELETE').get()
  if (mode?.journal_mode !== 'delete') throw new Fault('unexpected', { cause: new Error('the database is open elsewhere') })
}

/**
 * Puts a copy of `db` under the key `next` in the place of its file, and closes `db`: until the rename the file is the one under the old key, from then on
 * the one under the new key. Where it throws, `db` may be closed or open, and the file is whole under one of the two.
 */
export function rekeyInPlace(db: Database, { path, key, next, verify, tell }: Rekey): void {
  const half = halfOf(path)
  try {
    tell('copying')
    vacuumInto(db, half)
    tell('encrypting')
    rekeyFile(half, key, next)
    tell('checking')
    verify(half)
    tell('placing')
    leaveLog(db)
    db.close()
    asFaults(() => {
      renameSync(half, path)
      syncFolder(dirname(path))
    })
  } finally {
    removeCopy(half)
  }
}
