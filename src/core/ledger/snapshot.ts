import type { AccountId, AccountState } from './account.ts'
import type { Digest } from './chain.ts'
import type { HoldState, LedgerCommand, Posting } from './command.ts'

/** What a decision may look at: the accounts, the hold and the posting that the command names, as they are. */
export type LedgerSnapshot = {
  readonly digest: Digest
  account(id: AccountId): AccountState | undefined
  hold(id: string): HoldState | undefined
  posting(id: string): Posting | undefined
  /** Whether another posting took this one back. */
  isReversed(posting: string): boolean
}

export type CommandOf<T extends LedgerCommand['type']> = Extract<LedgerCommand, { type: T }>
