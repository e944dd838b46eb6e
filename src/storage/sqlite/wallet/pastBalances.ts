import { parseAccountId } from '#core/ledger/accountId.ts'
import type { Instant } from '#core/ledger/command.ts'
import { fromLimbs } from '#core/money/limbs.ts'
import type { PastBalance } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { ledgerRows } from '../ledgerRows.ts'

/**
 * What the holder's accounts held just before each instant, from the balance that each leg left. An account's legs are in the order in which they were
 * recorded, so the one that counts is found by halving and nothing is added up.
 */
export function pastBalances(db: Database) {
  const rows = ledgerRows(db)
  const selectLeg = db.prepare<[recordedAt: Instant, hi: number, mid: number, lo: number]>(
    `SELECT j.recorded_at, l.after_hi, l.after_mid, l.after_lo FROM ledger_leg l JOIN ledger_journal j ON j.n = l.posting
     WHERE l.account = ? AND l.version = ?`,
    { arrays: true },
  )
  /** The balance before `until`, and the version that left it; 0 where nothing was posted yet. */
  const before = (account: number, until: Instant, newest: number) => {
    let version = 0
    let minor = 0n
    let above = newest + 1
    while (above - version > 1) {
      const middle = (version + above) >> 1
      const [recordedAt = until, hi = 0, mid = 0, lo = 0] = selectLeg.get(account, middle) ?? []
      if (recordedAt < until) {
        version = middle
        minor = fromLimbs(hi, mid, lo)
      } else above = middle
    }
    return { version, minor }
  }

  /** For each instant, which come newest first: every account that had anything. */
  return (instants: readonly Instant[]): readonly (readonly PastBalance[])[] => {
    const accounts = rows
      .accountsOf('me')
      .map(({ n, state }) => ({ n, currency: parseAccountId(state.id)?.currency, newest: state.version }))
    return instants.map(until =>
      accounts.flatMap(account => {
        const { version, minor } = before(account.n, until, account.newest)
        account.newest = version
        return account.currency && version > 0 ? [{ currency: account.currency, minor }] : []
      }),
    )
  }
}
