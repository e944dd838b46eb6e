import type { AccountId, AccountState } from './account.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

export type PostingKind = 'top_up' | 'payment' | 'transfer' | 'exchange' | 'fee' | 'reversal'

/** Above zero adds to the account, below zero takes from it; in the smallest unit of the account's currency. */
export type Leg = { readonly account: AccountId; readonly minor: bigint }

/** `after` is the account's posted balance, `version` its version and `chain` the end of its hash chain once this leg stands. */
export type PostedLeg = Leg & { readonly after: bigint; readonly version: number; readonly chain: string }

export type Posting = {
  readonly id: string
  readonly kind: PostingKind
  /** The top-up or payment that it belongs to. */
  readonly subject: string
  /** When it counts. */
  readonly effectiveAt: Instant
  /** When it was written. */
  readonly recordedAt: Instant
  /** The posting that this one takes back. */
  readonly reverses: string | null
  readonly legs: readonly PostedLeg[]
}

/** `id` is made by the sender before sending and answered once; `at` is when the command was received. */
type Common = { readonly id: string; readonly at: Instant }
type Counts = { readonly subject: string; readonly effectiveAt: Instant }

type OnAccount<T extends string> = T extends string ? Common & { readonly type: T; readonly account: AccountId } : never
type OnHold<T extends string> = T extends string ? Common & { readonly type: T; readonly hold: string } : never

export type LedgerCommand =
  | OnAccount<'open' | 'freeze' | 'close' | 'reopen'>
  | (Common & Counts & { readonly type: 'post'; readonly kind: PostingKind; readonly legs: readonly Leg[] })
  /** Moves `minor` > 0 between two accounts of one currency. */
  | (Common & Counts & { readonly type: 'transfer'; readonly from: AccountId; readonly to: AccountId; readonly minor: bigint })
  /**
   * Takes `minor` > 0 from `from` and gives `to` as much as it is worth: `minor * numerator / denominator` smallest units, rounded half-even. The desk
   * `fx:{desk}` gives the whole unit above, and what is between goes to `rounding:{desk}`, in a leg of its own.
   */
  | (Common &
      Counts & {
        readonly type: 'exchange'
        readonly from: AccountId
        readonly to: AccountId
        readonly minor: bigint
        readonly desk: string
        readonly rate: { readonly numerator: bigint; readonly denominator: bigint }
      })
  /** Takes back a whole posting, once: the same legs with their signs turned. A reversal is not reversed. */
  | (Common & Counts & { readonly type: 'reverse'; readonly posting: string })
  | (Common & {
      readonly type: 'hold'
      readonly account: AccountId
      readonly minor: bigint
      readonly subject: string
      readonly expiresAt: Instant
    })
  /** Posts `legs`, of which the one on the held account takes at most what is still held. `final`: the rest of the hold is released with it. */
  | (Common & {
      readonly type: 'capture'
      readonly hold: string
      readonly kind: PostingKind
      readonly subject: string
      readonly legs: readonly Leg[]
      readonly final: boolean
    })
  | OnHold<'release' | 'expire'>

export type HoldState = {
  readonly id: string
  readonly account: AccountId
  /** What was set aside; `captured` of it has been taken so far, and while it is open the rest is held. */
  readonly minor: bigint
  readonly captured: bigint
  readonly subject: string
  readonly expiresAt: Instant
  readonly state: 'open' | 'captured' | 'released' | 'expired'
}

/** What a command did: the posting where there is one, and the accounts that it changed, as they are now. */
export type LedgerAnswer = { readonly posting: Posting | null; readonly hold: HoldState | null; readonly accounts: readonly AccountState[] }
