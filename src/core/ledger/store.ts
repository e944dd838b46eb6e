import type { Outcome } from '../failure/outcome.ts'
import type { AccountId, AccountState } from './account.ts'
import type { LedgerAnswer, LedgerCommand, Posting } from './command.ts'

/**
 * Where money is written. `post` loads the accounts that the command names, decides (`decide.ts`) and writes, in one transaction (or in the caller's).
 * An id keeps its first answer for ever, a decline too; the same id with another body is declined `id_reused`.
 */
export interface LedgerStore {
  post(command: LedgerCommand): Promise<Outcome<LedgerAnswer>>
  account(id: AccountId): Promise<AccountState | undefined>
  /** The accounts of one owner (a holder, a shop, a rail), in the order in which they were opened. */
  accountsOf(owner: string): Promise<readonly AccountState[]>
  posting(id: string): Promise<Posting | undefined>
}
