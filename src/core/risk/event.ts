import type { Instant } from '../ledger/command.ts'

/** A payment that is asked for and not yet decided. Worth in euro cents at the day's reference rate. */
export type AskedPayment = {
  readonly what: 'payment'
  readonly id: string
  readonly at: Instant
  readonly holder: string
  /** A shop's id, or that of the holder who is paid. */
  readonly payee: string
  readonly payeeKind: 'shop' | 'person'
  readonly eurMinor: bigint
  /** What the wallet calls the computer on which it stands: the same for every account that is used there. */
  readonly installation: string
  /** ISO 3166-1 alpha-2, by the network address; null where nobody knows. */
  readonly country: string | null
  /** 0 to 23, in the time zone of the holder's account. */
  readonly localHour: number
  /** The most that the holder may pay at once, in euro cents. */
  readonly perPayment: bigint
}

/** What happens to accounts, in the order of its instants: all that the judgement of a payment may rest upon. */
export type RiskEvent =
  | { readonly what: 'opened'; readonly at: Instant; readonly holder: string; readonly country: string }
  | {
      readonly what: 'signed_in'
      readonly at: Instant
      readonly holder: string
      readonly installation: string
      readonly country: string | null
    }
  /** A wrong code or password, by whoever tried. */
  | { readonly what: 'code_failed'; readonly at: Instant; readonly holder: string }
  /** `payer`: the holder whom the money came from, null where it came from outside. */
  | { readonly what: 'money_in'; readonly at: Instant; readonly holder: string; readonly eurMinor: bigint; readonly payer: string | null }
  /** Somebody says that what they paid there was a fraud. */
  | { readonly what: 'payee_reported'; readonly at: Instant; readonly payee: string; readonly by: string }
  | AskedPayment
