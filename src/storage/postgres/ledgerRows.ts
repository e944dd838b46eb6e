import type { AccountState } from '#core/ledger/account.ts'
import { mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import type { HoldState } from '#core/ledger/command.ts'
import type { Transaction } from './connection.ts'
import { insertInto, type Lookup, rowsOf, type Write } from './together.ts'

export const accountColumns = 'id, status, posted, held, version, chain'
export const holdColumns = 'id, account, minor, captured, subject, expires_at AS "expiresAt", state'

const account: Lookup<AccountState> = {
  table: 'ledger_account',
  sql: `SELECT ${accountColumns} FROM ledger_account WHERE id = ANY ($1) ORDER BY id`,
  keyOf: ({ id }) => [id],
  isRemembered: true,
}
const lockedAccount: Lookup<AccountState> = { ...account, isLocked: true }
const lockedHold: Lookup<HoldState> = {
  table: 'ledger_hold',
  sql: `SELECT ${holdColumns} FROM ledger_hold WHERE id = ANY ($1) ORDER BY id`,
  keyOf: ({ id }) => [id],
  isLocked: true,
  isRemembered: true,
}

const openAccount: Write = {
  table: 'ledger_account',
  sql: `INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, status, posted, held, version, chain)
    SELECT id, owner, currency, below = 1, status, posted, held, version, chain
    FROM ${rowsOf('TEXT', 'TEXT', 'TEXT', 'INTEGER', 'TEXT', 'NUMERIC', 'NUMERIC', 'BIGINT', 'TEXT')}
      AS fresh (id, owner, currency, below, status, posted, held, version, chain)`,
  isRenewed: true,
}
const saveAccount: Write = {
  table: 'ledger_account',
  sql: `UPDATE ledger_account SET status = fresh.status, posted = fresh.posted, held = fresh.held, version = fresh.version, chain = fresh.chain
    FROM ${rowsOf('TEXT', 'TEXT', 'NUMERIC', 'NUMERIC', 'BIGINT', 'TEXT')} AS fresh (id, status, posted, held, version, chain)
    WHERE ledger_account.id = fresh.id`,
  isRenewed: true,
  changesEach: true,
}
const openHold: Write = {
  ...insertInto(
    'ledger_hold',
    'id, account, minor, captured, subject, expires_at, state',
    ...['TEXT', 'TEXT', 'NUMERIC', 'NUMERIC', 'TEXT', 'BIGINT', 'TEXT'],
  ),
  isRenewed: true,
}
/** A hold resolves once: one that is not open is never changed, and what was captured of it is never given back. */
const saveHold: Write = {
  table: 'ledger_hold',
  sql: `UPDATE ledger_hold SET state = fresh.state, captured = fresh.captured
    FROM ${rowsOf('TEXT', 'TEXT', 'NUMERIC')} AS fresh (id, state, captured)
    WHERE ledger_hold.id = fresh.id AND ledger_hold.state = 'open' AND ledger_hold.captured <= fresh.captured`,
  isRenewed: true,
  changesEach: true,
}
const kept = {}

/** What a transaction has locked of the book, as it is by now: its works decide one after another upon it, whatever of it is written yet. */
type Kept = { readonly accounts: Map<string, AccountState | undefined>; readonly holds: Map<string, HoldState | undefined> }

/** The accounts and holds of one transaction. Its works share them. */
export function ledgerRows(tx: Transaction) {
  const { accounts, holds } = tx.shared<Kept>(kept, () => ({ accounts: new Map(), holds: new Map() }))
  return {
    /** As it is known here, once it is locked. */
    locked: (id: string): AccountState | undefined => accounts.get(id),
    lockedHold: (id: string): HoldState | undefined => holds.get(id),
    account: async (id: string): Promise<AccountState | undefined> =>
      accounts.has(id) ? accounts.get(id) : (await tx.look(account, id))[0],
    /** In the order of their ids, so that two transactions never wait for each other; whoever moves money here waits for this one's end. */
    lockAccounts: async (ids: readonly string[]): Promise<void> => {
      const missing = ids.filter(id => !accounts.has(id))
      const found = await Promise.all(missing.map(id => tx.look(lockedAccount, id)))
      // Another work may have been first, and have changed it since.
      for (const [n, id] of missing.entries()) if (!accounts.has(id)) accounts.set(id, found[n]?.[0])
    },
    lockHold: async (id: string): Promise<void> => {
      if (holds.has(id)) return
      const [found] = await tx.look(lockedHold, id)
      if (!holds.has(id)) holds.set(id, found)
    },
    accountsOf: (owner: string) => tx.all<AccountState>(`SELECT ${accountColumns} FROM ledger_account WHERE owner = $1 ORDER BY n`, owner),
    hold: async (id: string): Promise<HoldState | undefined> => (holds.has(id) ? holds.get(id) : (await tx.look(lockedHold, id))[0]),
    saveAccount: (state: AccountState): void => {
      const { id, status, posted, held, version, chain } = state
      const isNew = !accounts.get(id) || tx.isPut(openAccount, id)
      accounts.set(id, state)
      if (!isNew) {
        tx.put(saveAccount, id, id, status, posted, held, version, chain)
        return
      }
      const name = parseAccountId(id)
      if (!name) throw new TypeError(`not an account: ${id}`)
      tx.put(openAccount, id, id, name.owner, name.currency, mayGoBelowZero(id) ? 1 : 0, status, posted, held, version, chain)
    },
    saveHold: (state: HoldState): void => {
      const { id, account: of, minor, captured, subject, expiresAt } = state
      const isNew = !holds.get(id) || tx.isPut(openHold, id)
      holds.set(id, state)
      if (isNew) tx.put(openHold, id, id, of, minor, captured, subject, expiresAt, state.state)
      else tx.put(saveHold, id, id, state.state, captured)
    },
  }
}
