import type { AccountId, AccountState } from './account.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export type PostingKind = 'top_up' | 'payment' | 'fee' | 'reversal'

/** Above zero adds to the account, below zero takes from it; in the smallest unit of the account's currency. */
export type Leg = { readonly account: AccountId; readonly minor: bigint }

/** `after` is the account's posted balance and `version` its version once this leg stands. */
export type PostedLeg = Leg & { readonly after: bigint; readonly version: number }

export type Posting = {
  readonly id: string
  readonly kind: PostingKind
  /** The top-up or payment that it belongs to. */
  readonly subject: string
  /** When it counts. */
  readonly effectiveAt: Instant
  /** When it was written. */
  readonly recordedAt: Instant
  readonly legs: readonly PostedLeg[]
}

type Common = { readonly id: string; readonly at: Instant }

export type LedgerCommand =
  | (Common & { readonly type: 'open'; readonly account: AccountId })
  | (Common & {
      readonly type: 'post'
      readonly kind: PostingKind
      readonly subject: string
      readonly effectiveAt: Instant
      readonly legs: readonly Leg[]
    })
  | (Common & {
      readonly type: 'hold'
      readonly account: AccountId
      readonly minor: bigint
      readonly subject: string
      readonly expiresAt: Instant
    })
  /** Posts `legs`, of which the one on the held account takes at most what is held; the rest of the hold is released. */
  | (Common & {
      readonly type: 'capture'
      readonly hold: string
      readonly kind: PostingKind
      readonly subject: string
      readonly legs: readonly Leg[]
    })
  | (Common & { readonly type: 'release'; readonly hold: string })

export type HoldState = {
  readonly id: string
  readonly account: AccountId
  readonly minor: bigint
  readonly subject: string
  readonly expiresAt: Instant
  readonly state: 'open' | 'captured' | 'released'
}

/** What a command did: the posting where there is one, and the accounts that it changed, as they are now. */
export type LedgerAnswer = { readonly posting: Posting | null; readonly hold: HoldState | null; readonly accounts: readonly AccountState[] }
