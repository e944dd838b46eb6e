import { Fault } from '#core/failure/faults.ts'
import type { AccountState } from '#core/ledger/account.ts'
import type { HoldState, PostedLeg, Posting } from '#core/ledger/command.ts'
import type { JournalRow } from '../move.ts'
import type { Transaction } from './connection.ts'
import { accountColumns, holdColumns } from './ledgerRows.ts'

type Numbered<Row> = Row & { readonly n: number }
type EntryRow = Numbered<Omit<Posting, 'legs' | 'kind'>> & Omit<JournalRow, 'posting'> & { readonly kind: Posting['kind'] | null }

const damaged = (what: string) => new Fault('database_damaged', { cause: new Error(what) })

const selectEntry = `SELECT n, id, body, answer, kind, subject, effective_at AS "effectiveAt", recorded_at AS "recordedAt", reverses
  FROM ledger_journal`

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

async function withLegs(tx: Transaction, rows: readonly EntryRow[]): Promise<readonly JournalRow[]> {
  const postings = rows.filter(({ kind }) => kind !== null).map(({ id }) => id)
  const legs = await legsOf(tx, postings)
  return rows.map(({ n, id, body, answer, kind, ...posting }) => {
    if (kind === null) return { n, id, body, answer, posting: null }
    const its = legs.get(id)
    if (!its) throw damaged(`posting ${id} has no legs`)
    return { n, id, body, answer, posting: { id, kind, ...posting, legs: its } }
  })
}

const numbered = <State>({ n, ...state }: Numbered<State>) => ({ n, state: state as State })

/** The ledger from its first row to its last, a page at a time, each in the order of its numbers, from above `after`. */
export const ledgerPages = (tx: Transaction) => ({
  journal: async (after: number, limit: number): Promise<readonly JournalRow[]> =>
    withLegs(tx, await tx.all<EntryRow>(`${selectEntry} WHERE n > $1 ORDER BY n LIMIT $2`, after, limit)),
  postings: async (after: number, before: number, limit: number): Promise<readonly { readonly n: number; readonly posting: Posting }[]> => {
    const rows = await tx.all<EntryRow>(
      `${selectEntry} WHERE n > $1 AND n < $2 AND kind IS NOT NULL ORDER BY n LIMIT $3`,
      ...[after, before, limit],
    )
    return (await withLegs(tx, rows)).flatMap(({ n, posting }) => (posting ? [{ n, posting }] : []))
  },
  /** A leg that no posting of the journal has is not read with the postings: that it is there at all is seen here. */
  accounts: async (after: number, limit: number): Promise<readonly { readonly n: number; readonly state: AccountState }[]> => {
    const rows = await tx.all<Numbered<AccountState> & { readonly last: number }>(
      `SELECT n, ${accountColumns}, coalesce((SELECT max(l.version) FROM ledger_leg l WHERE l.account = ledger_account.id), 0) AS last
       FROM ledger_account WHERE n > $1 ORDER BY n LIMIT $2`,
      ...[after, limit],
    )
    return rows.map(({ last, ...row }) => {
      if (last !== row.version) throw damaged(`${row.id} is not the sum of its legs`)
      return numbered<AccountState>(row)
    })
  },
  holds: async (after: number, limit: number) =>
    (await tx.all<Numbered<HoldState>>(`SELECT n, ${holdColumns} FROM ledger_hold WHERE n > $1 ORDER BY n LIMIT $2`, after, limit)).map(
      numbered<HoldState>,
    ),
  openHolds: async (after: number, limit: number) =>
    (
      await tx.all<Numbered<HoldState>>(
        `SELECT n, ${holdColumns} FROM ledger_hold WHERE state = 'open' AND n > $1 ORDER BY n LIMIT $2`,
        ...[after, limit],
      )
    ).map(numbered<HoldState>),
})
