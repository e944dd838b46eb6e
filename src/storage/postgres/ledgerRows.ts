import type { AccountId, AccountState } from '#core/ledger/account.ts'
import { mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import { chainStart } from '#core/ledger/chain.ts'
import type { HoldState } from '#core/ledger/command.ts'
import { digest } from '../digest.ts'
import type { Transaction } from './connection.ts'

export const accountColumns = 'id, status, posted, held, version, chain'
export const holdColumns = 'id, account, minor, captured, subject, expires_at AS "expiresAt", state'

/** The statements of accounts and holds. Each works inside the caller's transaction. */
export function ledgerRows(tx: Transaction) {
  return {
    account: (id: string) => tx.get<AccountState>(`SELECT ${accountColumns} FROM ledger_account WHERE id = $1`, id),
    /** In the order of their ids, so that two transactions never wait for each other; whoever moves money here waits for this one's end. */
    lockAccounts: (ids: readonly string[]) =>
      tx.all<AccountState>(`SELECT ${accountColumns} FROM ledger_account WHERE id = ANY ($1) ORDER BY id${tx.forUpdate}`, ids),
    accountsOf: (owner: string) => tx.all<AccountState>(`SELECT ${accountColumns} FROM ledger_account WHERE owner = $1 ORDER BY n`, owner),
    openAccount: async (id: AccountId): Promise<void> => {
      const name = parseAccountId(id)
      if (!name) throw new TypeError(`not an account: ${id}`)
      await tx.run(
        'INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, chain) VALUES ($1, $2, $3, $4 = 1, $5)',
        ...[id, name.owner, name.currency, mayGoBelowZero(id) ? 1 : 0, chainStart(digest, id)],
      )
    },
    saveAccount: async ({ id, status, posted, held, version, chain }: AccountState): Promise<void> => {
      await tx.run(
        'UPDATE ledger_account SET status = $1, posted = $2, held = $3, version = $4, chain = $5 WHERE id = $6',
        ...[status, posted, held, version, chain, id],
      )
    },
    hold: (id: string) => tx.get<HoldState>(`SELECT ${holdColumns} FROM ledger_hold WHERE id = $1${tx.forUpdate}`, id),
    openHold: async ({ id, account, minor, subject, expiresAt }: HoldState): Promise<void> => {
      await tx.run(
        'INSERT INTO ledger_hold (id, account, minor, subject, expires_at) VALUES ($1, $2, $3, $4, $5)',
        ...[id, account, minor, subject, expiresAt],
      )
    },
    /** A hold resolves once: one that is not open is never changed, and what was captured of it is never given back. */
    saveHold: async ({ id, state, captured }: HoldState): Promise<void> => {
      const changed = await tx.run(
        `UPDATE ledger_hold SET state = $1, captured = $2 WHERE id = $3 AND state = 'open' AND captured <= $2`,
        ...[state, captured, id],
      )
      if (changed !== 1) throw new Error('a hold resolves once')
    },
  }
}
