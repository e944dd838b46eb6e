import { Fault } from '#core/failure/faults.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { BookReader } from '../../bookReader.ts'
import { openDatabase } from '../database.ts'
import { ledgerJournal } from '../ledgerJournal.ts'
import { ledgerRows } from '../ledgerRows.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'
import { checkIntegrity } from '../wallet/maintenance.ts'
import { sqliteAudit } from './audit.ts'
import { sqliteRoots } from './roots.ts'
import { sqliteSettings } from './settings.ts'

type Options = {
  readonly path: string
  readonly key: Uint8Array | null
  /** Brings a book of an earlier build up to date first: for a copy that is about to be used. */
  readonly updates?: boolean
}

/** The book in a file. */
export type FileReader = BookReader & {
  checkFile(): void
  close(): void
}

/**
 * Opens the service's book for reading, beside the service that may be running on it. One transaction from the first question to the last. Faults: as
 * `openDatabase`; throws `OlderSchema` for a book of an earlier build.
 */
export function openBookReader({ path, key, updates = false }: Options): FileReader {
  const migrations = [...ledgerMigrations, ...serviceMigrations]
  const db = openDatabase({ path, key, migrations, application: 'service', mustExist: true, access: updates ? 'write' : 'read' })
  const journal = ledgerJournal(db)
  const rows = ledgerRows(db)
  const first = db.prepare<{ n: number | null }>('SELECT min(n) AS n FROM ledger_journal WHERE legs IS NOT NULL AND recorded_at >= ?')
  const accounts = db.prepare<{ n: number; id: AccountId }>('SELECT n, id FROM ledger_account WHERE n > ? ORDER BY n LIMIT ?')
  const lastLeg = db.prepare<{ account: AccountId; version: number; posting: string }>(
    `SELECT a.id AS account, l.version, j.id AS posting FROM ledger_leg l JOIN ledger_journal j ON j.n = l.posting JOIN ledger_account a ON a.n = l.account
     WHERE l.account = ? AND l.posting < ? ORDER BY l.version DESC LIMIT 1`,
  )
  const postingOf = (id: string) => {
    const posting = journal.posting(id)
    if (!posting) throw new Fault('database_damaged', { cause: new Error('a posting of the journal cannot be read') })
    return posting
  }
  db.exec('BEGIN')
  return {
    firstSince: async at => first.get(at)?.n ?? undefined,
    accounts: async (after, limit) => accounts.all(after, limit),
    postings: async (after, before, limit) => journal.postingsBetween(after, before, limit),
    balance: async (account, before) => {
      const last = lastLeg.get(account, before)
      if (!last) return 0n
      const leg = postingOf(last.posting).legs.find(({ account: id, version }) => id === last.account && version === last.version)
      if (!leg) throw new Fault('database_damaged', { cause: new Error('a posting does not name its leg') })
      return leg.after
    },
    states: async (after, limit) => rows.accountsAfter(after, limit),
    openHolds: async (after, limit) => rows.openHoldsAfter(after, limit),
    roots: sqliteRoots(db),
    audit: sqliteAudit(db).page,
    setting: sqliteSettings(db).find,
    checkFile: () => {
      checkIntegrity(db)
      if (db.prepare('PRAGMA foreign_key_check').get() !== undefined)
        throw new Fault('database_damaged', { cause: new Error('a row names another that is not there') })
    },
    close: () => {
      db.exec('COMMIT')
      db.close()
    },
  }
}
