import type { AccountLock } from '#core/accountLock/accountLock.ts'
import type { Instant } from '#core/ledger/command.ts'

/** Every lock that an account ever had. Of each locker at most one stands. */
export interface AccountLocks {
  /** Adds it, or writes what became of it. */
  save(lock: AccountLock): Promise<void>
  /** Those of a holder that stand. */
  standing(holderId: string): Promise<readonly AccountLock[]>
  /** Those of a holder, the newest first. */
  ofHolder(holderId: string, limit: number): Promise<readonly AccountLock[]>
  /** Those whose wait ended at `now` or before, and that stand still. */
  opened(now: Instant, limit: number): Promise<readonly AccountLock[]>
}

/** A link that stands in a mail and freezes the account it was sent to: good once, and for nothing else. */
export type FreezeLink = {
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: string
  readonly holderId: string
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
}

export interface FreezeLinks {
  add(link: FreezeLink): Promise<void>
  find(tokenHash: string): Promise<FreezeLink | undefined>
  use(tokenHash: string, at: Instant): Promise<void>
  /** Deletes those that ended before. */
  forget(before: Instant): Promise<void>
}

export type LockRepositories = { readonly accountLocks: AccountLocks; readonly freezeLinks: FreezeLinks }
