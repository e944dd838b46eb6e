import { Fault, type FaultCode } from '#core/failure/faults.ts'

const byPrefix: readonly (readonly [string, FaultCode])[] = [
  ['SQLITE_CORRUPT', 'database_damaged'],
  ['SQLITE_NOTADB', 'database_damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'database_damaged'],
  ['SQLITE_IOERR_DATA', 'database_damaged'],
  ['SQLITE_FULL', 'disk_full'],
  ['SQLITE_IOERR_SHMSIZE', 'disk_full'],
  ['ENOSPC', 'disk_full'],
  ['EDQUOT', 'disk_full'],
  ['SQLITE_READONLY', 'folder_read_only'],
  ['SQLITE_CANTOPEN', 'folder_read_only'],
  ['SQLITE_PERM', 'folder_read_only'],
  ['EACCES', 'folder_read_only'],
  ['EPERM', 'folder_read_only'],
  ['EROFS', 'folder_read_only'],
  ['ENOTDIR', 'folder_read_only'],
  ['ENOENT', 'folder_read_only'],
  ['SQLITE_BUSY', 'service_busy'],
  ['SQLITE_IOERR', 'database_damaged'],
]

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** The fault behind an error of SQLite or of the file system, with the error as its cause; anything else (a broken constraint, a bug) as it came. */
export function toFault(error: unknown): unknown {
  if (error instanceof Fault) return error
  const code = codeOf(error)
  const known = code === '' ? undefined : byPrefix.find(([prefix]) => code.startsWith(prefix))
  return known ? new Fault(known[1], { cause: error }) : error
}

/** Runs `work`; what SQLite throws in it comes out as a fault. */
export function asFaults<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toFault(error)
  }
}
