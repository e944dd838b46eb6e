import type { CurrencyCode } from '../money/currencies/index.ts'

/**
 * The chart of accounts. `mayGoBelowZero`: a rail's account mirrors money at a bank (what the bank owes us is below zero here), suspense holds what
 * waits for an explanation, `fx` is the desk that sells one currency and buys another, `rounding` takes what rounding leaves, and `foreign` stands in a
 * wallet's own book for accounts of others, whose balance the wallet does not know. `promotion` is a merchant's budget: it cannot be overspent.
 */
export const chart = {
  holder: { normal: 'credit', mayGoBelowZero: false },
  merchant: { normal: 'credit', mayGoBelowZero: false },
  promotion: { normal: 'credit', mayGoBelowZero: false },
  fee: { normal: 'credit', mayGoBelowZero: false },
  rounding: { normal: 'credit', mayGoBelowZero: true },
  suspense: { normal: 'credit', mayGoBelowZero: true },
  fx: { normal: 'debit', mayGoBelowZero: true },
  rail: { normal: 'debit', mayGoBelowZero: true },
  foreign: { normal: 'credit', mayGoBelowZero: true },
} as const satisfies Record<string, { normal: 'credit' | 'debit'; mayGoBelowZero: boolean }>

export type AccountKind = keyof typeof chart

/** `kind:owner:CURRENCY`; the owner is a holder's or shop's id, or the rail's name, and holds no colon. */
export type AccountId = `${AccountKind}:${string}:${CurrencyCode}`

/** A frozen account takes money but gives none, save by a reversal; a closed one is empty and takes part in nothing until it is reopened. */
export type AccountStatus = 'open' | 'frozen' | 'closed'

export type AccountState = {
  readonly id: AccountId
  readonly status: AccountStatus
  /** Smallest units. */
  readonly posted: bigint
  /** What open holds still hold, >= 0. */
  readonly held: bigint
  /** How many legs were posted to it: gapless from 0. */
  readonly version: number
  /** The end of its hash chain (`chain.ts`): names all that was ever posted to it. */
  readonly chain: string
}
