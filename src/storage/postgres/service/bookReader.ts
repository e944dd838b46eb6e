import type { AccountId } from '#core/ledger/account.ts'
import type { BookReader } from '../../bookReader.ts'
import type { Transaction } from '../connection.ts'
import { openDatabase } from '../database.ts'
import { ledgerPages } from '../ledgerPages.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'
import { postgresAudit } from './audit.ts'
import { postgresRoots } from './roots.ts'
import { postgresSettings } from './settings.ts'

/** Whoever takes the text of a whole book may take its time over each page. */
export const patienceMs = 3_600_000

function bookOf(tx: Transaction): BookReader {
  const pages = ledgerPages(tx)
  return {
    firstSince: async at =>
      (await tx.get<{ n: number | null }>('SELECT min(n) AS n FROM ledger_journal WHERE recorded_at >= $1', at))?.n ?? undefined,
    accounts: (after, limit) =>
      tx.all<{ n: number; id: AccountId }>('SELECT n, id FROM ledger_account WHERE n > $1 ORDER BY n LIMIT $2', after, limit),
    postings: pages.postings,
    balance: async (account, before) => {
      const last = await tx.get<{ after: bigint }>(
        `SELECT l.after FROM ledger_account a JOIN ledger_leg l ON l.account = a.id JOIN ledger_journal j ON j.id = l.posting
         WHERE a.n = $1 AND j.n < $2 ORDER BY l.version DESC LIMIT 1`,
        ...[account, before],
      )
      return last?.after ?? 0n
    },
    states: pages.accounts,
    openHolds: pages.openHolds,
    roots: postgresRoots(tx),
    audit: postgresAudit(tx).page,
    setting: postgresSettings(tx).find,
  }
}

/**
 * Gives the whole book to `work` as it stood at one moment, beside the instances that may be writing: one read-only transaction from the first question to
 * the last. Nothing is changed and nothing done twice. Faults: as `openDatabase`; throws `OlderSchema` for a book of an earlier build, or none.
 */
export async function readBook<T>(url: string, work: (book: BookReader) => Promise<T>): Promise<T> {
  const migrations = [...ledgerMigrations, ...serviceMigrations]
  const db = await openDatabase({ url, migrations, access: 'read', connections: 1, statementMs: patienceMs })
  try {
    return await db.read(tx => work(bookOf(tx)))
  } finally {
    await db.close()
  }
}
