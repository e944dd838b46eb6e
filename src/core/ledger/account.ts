import type { CurrencyCode } from '../money/currencies/index.ts'

/**
 * The chart of accounts. `mayGoBelowZero`: a rail's account mirrors money at a bank (what the bank owes us is below zero here), suspense holds what
 * waits for an explanation, and `foreign` stands in a wallet's own book for accounts of others, whose balance the wallet does not know.
 */
export const chart = {
  holder: { normal: 'credit', mayGoBelowZero: false },
  merchant: { normal: 'credit', mayGoBelowZero: false },
  fee: { normal: 'credit', mayGoBelowZero: false },
  suspense: { normal: 'credit', mayGoBelowZero: true },
  rail: { normal: 'debit', mayGoBelowZero: true },
  foreign: { normal: 'credit', mayGoBelowZero: true },
} as const satisfies Record<string, { normal: 'credit' | 'debit'; mayGoBelowZero: boolean }>

export type AccountKind = keyof typeof chart

/** `kind:owner:CURRENCY`; the owner is a holder's or shop's id, or the rail's name, and holds no colon. */
export type AccountId = `${AccountKind}:${string}:${CurrencyCode}`

export type AccountState = {
  readonly id: AccountId
  /** Smallest units. */
  readonly posted: bigint
  /** The sum of open holds, >= 0. */
  readonly held: bigint
  /** How many legs were posted to it: gapless from 0. */
  readonly version: number
}
