import { Fault } from '#core/failure/faults.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { HoldState, PostedLeg, Posting } from '#core/ledger/command.ts'
import type { BookReader } from '../../bookReader.ts'
import type { Transaction } from '../connection.ts'
import { openDatabase } from '../database.ts'
import { accountColumns, holdColumns } from '../ledgerRows.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'

/** Whoever takes the text of a whole book may take its time over each page. */
const patienceMs = 3_600_000

const damaged = (what: string) => new Fault('database_damaged', { cause: new Error(what) })

type Numbered<Row> = Row & { readonly n: number }

/** The legs of a page of postings in one question, by their postings, in their order. */
async function legsOf(tx: Transaction, postings: readonly string[]): Promise<ReadonlyMap<string, readonly PostedLeg[]>> {
  const rows = await tx.all<PostedLeg & { readonly posting: string }>(
    'SELECT posting, account, minor, after, version, chain FROM ledger_leg WHERE posting = ANY ($1) ORDER BY posting, position',
    postings,
  )
  const legs = new Map<string, PostedLeg[]>()
  for (const { posting, ...leg } of rows) {
    const known = legs.get(posting)
    if (known) known.push(leg)
    else legs.set(posting, [leg])
  }
  return legs
}

function bookOf(tx: Transaction): BookReader {
  return {
    firstSince: async at =>
      (await tx.get<{ n: number | null }>('SELECT min(n) AS n FROM ledger_journal WHERE recorded_at >= $1', at))?.n ?? undefined,
    accounts: (after, limit) =>
      tx.all<Numbered<{ id: AccountId }>>('SELECT n, id FROM ledger_account WHERE n > $1 ORDER BY n LIMIT $2', after, limit),
    postings: async (after, before, limit) => {
      const rows = await tx.all<Numbered<Omit<Posting, 'legs'>>>(
        `SELECT n, id, kind, subject, effective_at AS "effectiveAt", recorded_at AS "recordedAt", reverses
         FROM ledger_journal WHERE n > $1 AND n < $2 AND kind IS NOT NULL ORDER BY n LIMIT $3`,
        ...[after, before, limit],
      )
      const legs = await legsOf(
        tx,
        rows.map(({ id }) => id),
      )
      return rows.map(({ n, ...posting }) => {
        const its = legs.get(posting.id)
        if (!its) throw damaged(`posting ${posting.id} has no legs`)
        return { n, posting: { ...posting, legs: its } }
      })
    },
    balance: async (account, before) => {
      const last = await tx.get<{ after: bigint }>(
        `SELECT l.after FROM ledger_account a JOIN ledger_leg l ON l.account = a.id JOIN ledger_journal j ON j.id = l.posting
         WHERE a.n = $1 AND j.n < $2 ORDER BY l.version DESC LIMIT 1`,
        ...[account, before],
      )
      return last?.after ?? 0n
    },
    // A leg that no posting of the journal has was not read with the postings: that it is there at all is seen here.
    states: async (after, limit) => {
      const rows = await tx.all<Numbered<AccountState> & { readonly last: number }>(
        `SELECT n, ${accountColumns}, coalesce((SELECT max(l.version) FROM ledger_leg l WHERE l.account = ledger_account.id), 0) AS last
         FROM ledger_account WHERE n > $1 ORDER BY n LIMIT $2`,
        ...[after, limit],
      )
      return rows.map(({ n, last, ...state }) => {
        if (last !== state.version) throw damaged(`${state.id} is not the sum of its legs`)
        return { n, state }
      })
    },
    openHolds: async (after, limit) => {
      const rows = await tx.all<Numbered<HoldState>>(
        `SELECT n, ${holdColumns} FROM ledger_hold WHERE state = 'open' AND n > $1 ORDER BY n LIMIT $2`,
        ...[after, limit],
      )
      return rows.map(({ n, ...state }) => ({ n, state }))
    },
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
