import type { AccountId, AccountState } from '#core/ledger/account.ts'
import { mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import type { HoldState } from '#core/ledger/command.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'
import type { Database } from './database.ts'

/** An account with the number of its row. */
export type NumberedAccount = AccountState & { readonly n: bigint }
export type NumberedHold = { readonly n: bigint; readonly hold: HoldState }

type AccountColumns = [n: bigint, id: AccountId, postedHi: bigint, postedLo: bigint, heldHi: bigint, heldLo: bigint, version: bigint]
const accountColumns = 'n, id, posted_hi, posted_lo, held_hi, held_lo, version'

const toAccount = ([n, id, postedHi, postedLo, heldHi, heldLo, version]: AccountColumns): NumberedAccount => ({
  n,
  id,
  posted: fromLimbs(postedHi, postedLo),
  held: fromLimbs(heldHi, heldLo),
  version: Number(version),
})

type HoldColumns = [
  n: bigint,
  id: string,
  account: AccountId,
  hi: bigint,
  lo: bigint,
  subject: string,
  expiresAt: bigint,
  state: HoldState['state'],
]

const toHold = ([n, id, account, hi, lo, subject, expiresAt, state]: HoldColumns): NumberedHold => ({
  n,
  hold: { id, account, minor: fromLimbs(hi, lo), subject, expiresAt: Number(expiresAt), state },
})

const asRows = { bigints: true, arrays: true } as const

/** The statements of accounts and holds, prepared once a connection. Each works inside the caller's transaction. */
export function ledgerRows(db: Database) {
  const selectAccount = db.prepare<AccountColumns>(`SELECT ${accountColumns} FROM ledger_account WHERE id = ?`, asRows)
  const selectOwned = db.prepare<AccountColumns>(`SELECT ${accountColumns} FROM ledger_account WHERE owner = ? ORDER BY n`, asRows)
  const insertAccount = db.prepare('INSERT INTO ledger_account (id, owner, currency, may_go_below_zero) VALUES (?, ?, ?, ?)')
  const updateAccount = db.prepare(
    'UPDATE ledger_account SET posted_hi = ?, posted_lo = ?, held_hi = ?, held_lo = ?, version = ? WHERE n = ?',
  )
  const selectHold = db.prepare<HoldColumns>(
    `SELECT h.n, h.id, a.id, h.hi, h.lo, h.subject, h.expires_at, h.state FROM ledger_hold h JOIN ledger_account a ON a.n = h.account WHERE h.id = ?`,
    asRows,
  )
  const insertHold = db.prepare('INSERT INTO ledger_hold (id, account, hi, lo, subject, expires_at) VALUES (?, ?, ?, ?, ?, ?)')
  const resolveHold = db.prepare('UPDATE ledger_hold SET state = ? WHERE n = ?')

  return {
    account: (id: string): NumberedAccount | undefined => {
      const row = selectAccount.get(id)
      return row && toAccount(row)
    },
    accountsOf: (owner: string): readonly NumberedAccount[] => selectOwned.all(owner).map(toAccount),
    openAccount: (id: AccountId): void => {
      const name = parseAccountId(id)
      if (!name) throw new TypeError(`not an account: ${id}`)
      insertAccount.run(id, name.owner, name.currency, mayGoBelowZero(id) ? 1 : 0)
    },
    saveAccount: (n: bigint, { posted, held, version }: AccountState): void => {
      const p = toLimbs(posted)
      const h = toLimbs(held)
      updateAccount.run(p.hi, p.lo, h.hi, h.lo, version, n)
    },
    hold: (id: string): NumberedHold | undefined => {
      const row = selectHold.get(id)
      return row && toHold(row)
    },
    openHold: (account: bigint, { id, minor, subject, expiresAt }: HoldState): void => {
      const { hi, lo } = toLimbs(minor)
      insertHold.run(id, account, hi, lo, subject, expiresAt)
    },
    resolveHold: (n: bigint, state: HoldState['state']): void => {
      resolveHold.run(state, n)
    },
  }
}
