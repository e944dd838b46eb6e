import type { Instant } from '../ledger/command.ts'
import { type Known, meet, metAt } from './known.ts'

/** What is known of a shop or a person who is paid. */
export type PayeeProfile = {
  readonly since: Instant
  readonly payers: readonly Known[]
  /** How many have paid here; who was forgotten and comes again counts twice. */
  readonly payersEver: number
  /** Who said that it was a fraud, or that a payment to here was not theirs. */
  readonly reports: readonly Known[]
}

const most = { payers: 24, reports: 16 } as const

export const newPayee = (at: Instant): PayeeProfile => ({ since: at, payers: [], payersEver: 0, reports: [] })

export const withPayer = (payee: PayeeProfile, payer: string, at: Instant): PayeeProfile => ({
  ...payee,
  payers: meet(payee.payers, metAt(payer, at), most.payers),
  payersEver: payee.payersEver + (payee.payers.some(({ id }) => id === payer) ? 0 : 1),
})

export const withReport = (payee: PayeeProfile, by: string, at: Instant): PayeeProfile => ({
  ...payee,
  reports: meet(payee.reports, metAt(by, at), most.reports),
})
