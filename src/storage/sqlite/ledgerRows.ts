import type { AccountId, AccountState, AccountStatus } from '#core/ledger/account.ts'
import { mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import { chainStart } from '#core/ledger/chain.ts'
import type { HoldState } from '#core/ledger/command.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'
import { digest } from '../digest.ts'
import type { Database } from './database.ts'

/** A state with the number of its row. */
type Numbered<State> = { readonly n: number; readonly state: State }
export type NumberedAccount = Numbered<AccountState>

type AccountColumns = [
  n: number,
  id: AccountId,
  status: AccountStatus,
  heldHi: number,
  heldMid: number,
  heldLo: number,
  afterHi: number,
  afterMid: number,
  afterLo: number,
  version: number,
  chain: string | null,
]
const selectState = 'SELECT n, id, status, held_hi, held_mid, held_lo, after_hi, after_mid, after_lo, version, chain FROM ledger_state'
/** The same of one account, as each command asks it: one walk to its last leg, where the view looks for the version first. */
const selectOne = `SELECT a.n, a.id, a.status, a.held_hi, a.held_mid, a.held_lo,
    coalesce(l.after_hi, 0), coalesce(l.after_mid, 0), coalesce(l.after_lo, 0), coalesce(l.version, 0), l.chain
  FROM ledger_account a LEFT JOIN ledger_leg l ON l.account = a.n WHERE a.id = ? ORDER BY l.version DESC LIMIT 1`

/** By their places: to take eleven columns apart by name costs as much as to read some of them. */
function toAccount(row: AccountColumns): NumberedAccount {
  const id = row[1]
  const held = fromLimbs(row[3], row[4], row[5])
  const posted = fromLimbs(row[6], row[7], row[8])
  return { n: row[0], state: { id, status: row[2], posted, held, version: row[9], chain: row[10] ?? chainStart(digest, id) } }
}

type HoldColumns = [
  n: number,
  id: string,
  account: AccountId,
  hi: number,
  mid: number,
  lo: number,
  capturedHi: number,
  capturedMid: number,
  capturedLo: number,
  subject: string,
  expiresAt: number,
  state: HoldState['state'],
]

function toHold([n, id, account, hi, mid, lo, ...columns]: HoldColumns): Numbered<HoldState> {
  const [capturedHi, capturedMid, capturedLo, subject, expiresAt, state] = columns
  const captured = fromLimbs(capturedHi, capturedMid, capturedLo)
  return { n, state: { id, account, minor: fromLimbs(hi, mid, lo), captured, subject, expiresAt, state } }
}

const selectHolds = `SELECT h.n, h.id, a.id, h.hi, h.mid, h.lo, h.captured_hi, h.captured_mid, h.captured_lo, h.subject, h.expires_at, h.state
  FROM ledger_hold h JOIN ledger_account a ON a.n = h.account`
const arrays = { arrays: true } as const

/** The statements of accounts and holds, prepared once a connection. Each works inside the caller's transaction. */
export function ledgerRows(db: Database) {
  const selectAccount = db.prepare<AccountColumns>(selectOne, arrays)
  const selectOwned = db.prepare<AccountColumns>(`${selectState} WHERE owner = ? ORDER BY n`, arrays)
  const selectAll = db.prepare<AccountColumns>(`${selectState} WHERE n > ? ORDER BY n LIMIT ?`, arrays)
  const insertAccount = db.prepare('INSERT INTO ledger_account (id, owner, currency, may_go_below_zero) VALUES (?, ?, ?, ?)')
  const updateStatus = db.prepare('UPDATE ledger_account SET status = ? WHERE n = ?')
  const selectHold = db.prepare<HoldColumns>(`${selectHolds} WHERE h.id = ?`, arrays)
  const selectOpenHolds = db.prepare<HoldColumns>(`${selectHolds} WHERE h.state = 'open' AND h.n > ? ORDER BY h.n LIMIT ?`, arrays)
  const selectAllHolds = db.prepare<HoldColumns>(`${selectHolds} WHERE h.n > ? ORDER BY h.n LIMIT ?`, arrays)
  const insertHold = db.prepare(
    `INSERT INTO ledger_hold (id, account, hi, mid, lo, captured_hi, captured_mid, captured_lo, subject, expires_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const updateHold = db.prepare('UPDATE ledger_hold SET state = ?, captured_hi = ?, captured_mid = ?, captured_lo = ? WHERE id = ?')

  return {
    account: (id: string): NumberedAccount | undefined => {
      const row = selectAccount.get(id)
      return row && toAccount(row)
    },
    accountsOf: (owner: string): readonly NumberedAccount[] => selectOwned.all(owner).map(toAccount),
    /** In the order in which they were opened. */
    accountsAfter: (n: number, limit: number): readonly NumberedAccount[] => selectAll.all(n, limit).map(toAccount),
    openAccount: (id: AccountId): void => {
      const name = parseAccountId(id)
      if (!name) throw new TypeError(`not an account: ${id}`)
      insertAccount.run(id, name.owner, name.currency, mayGoBelowZero(id) ? 1 : 0)
    },
    /** What of an account is neither in its legs nor in its holds. */
    saveStatus: (n: number, status: AccountStatus): void => {
      updateStatus.run(status, n)
    },
    hold: (id: string): Numbered<HoldState> | undefined => {
      const row = selectHold.get(id)
      return row && toHold(row)
    },
    openHoldsAfter: (n: number, limit: number): readonly Numbered<HoldState>[] => selectOpenHolds.all(n, limit).map(toHold),
    holdsAfter: (n: number, limit: number): readonly Numbered<HoldState>[] => selectAllHolds.all(n, limit).map(toHold),
    /** The account holds it from then on, where it is open: the tables move what is held. */
    keepHold: (account: number, { id, minor, captured, subject, expiresAt, state }: HoldState): void => {
      const [all, taken] = [toLimbs(minor), toLimbs(captured)]
      insertHold.run(id, account, all.hi, all.mid, all.lo, taken.hi, taken.mid, taken.lo, subject, expiresAt, state)
    },
    /** What is captured or resolved, its account holds no more. */
    saveHold: ({ id, state, captured }: HoldState): void => {
      const { hi, mid, lo } = toLimbs(captured)
      updateHold.run(state, hi, mid, lo, id)
    },
  }
}
