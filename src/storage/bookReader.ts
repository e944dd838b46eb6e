import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { HoldState, Instant, Posting } from '#core/ledger/command.ts'
import type { Audit, Roots } from './featureRepositories.ts'

/** The whole book as it stood when it was opened, for reading: other programs may go on writing. Entries are numbered in the order of recording. */
export interface BookReader {
  /** The first entry of those recorded at `at` or after it; undefined where there is none. */
  firstSince(at: Instant): Promise<number | undefined>
  /** Accounts above the number `after`, in the order in which they were opened. */
  accounts(after: number, limit: number): Promise<readonly { readonly n: number; readonly id: AccountId }[]>
  /** Postings above the number `after` and below `before`, in their order. */
  postings(after: number, before: number, limit: number): Promise<readonly { readonly n: number; readonly posting: Posting }[]>
  /** What the last posting before the entry `before` left on an account; 0 where there is none. */
  balance(account: number, before: number): Promise<bigint>
  /** Accounts as they stand, above the number `after`. */
  states(after: number, limit: number): Promise<readonly { readonly n: number; readonly state: AccountState }[]>
  /** Holds that are open, above the number `after`. */
  openHolds(after: number, limit: number): Promise<readonly { readonly n: number; readonly state: HoldState }[]>
  /** The daily roots with their trees, and what they are compared with. */
  readonly roots: Pick<Roots, 'trees' | 'leaves' | 'headsAt' | 'linkAt'>
  /** Lines of the audit log above the number `after`, in their order. */
  readonly audit: Audit['page']
  /** A small thing of the service itself, such as its public keys. */
  setting(name: string): Promise<string | undefined>
  /** Of a book in a file: reads all of it, also what no figure is made of. Throws the fault database_damaged where it is not sound in itself. */
  checkFile?(): void
}
