import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'
import { type Amount, add } from '../money/amount.ts'
import type { CreditorReference } from '../rails/reference.ts'

export type TopUpState = 'instructed' | 'detected' | 'credited' | 'cancelled' | 'expired'

/** The account of OKPAY that the money is sent to. */
export type Instructions = {
  readonly accountHolder: string
  /** IBAN in electronic form, or the local account number of `scheme`. */
  readonly account: string
  readonly bic: string
  readonly bankName: string
  readonly scheme: string
  /** EPC069-12, where the currency is EUR. */
  readonly epcPayload: string | null
}

/** A top-up by bank transfer. */
export type TopUp = {
  readonly id: string
  readonly holderId: string
  readonly state: TopUpState
  /** What was announced. */
  readonly amount: Amount
  /** What was credited so far, over all transfers with its reference: null before the first. */
  readonly credited: Amount | null
  readonly reference: CreditorReference
  readonly instructions: Instructions
  readonly createdAt: Instant
  readonly expectedBy: Instant
  readonly expiresAt: Instant
  /** Why a bank entry that was seen for it is not credited: a code of rails/bank/problems.ts. */
  readonly problem: string | null
  /** Every state that it went through, in order. */
  readonly timeline: readonly { readonly state: TopUpState; readonly at: Instant }[]
}

/** An instruction holds so long: transfers by post or over several banks may take weeks. */
export const topUpLifeMs = 30 * 86_400_000

const step = (topUp: TopUp, state: TopUpState, at: Instant): TopUp =>
  topUp.state === state ? topUp : { ...topUp, state, timeline: [...topUp.timeline, { state, at }] }

/** What it is at `now`: an instruction that nobody followed expires. One whose money was seen does not. */
export const expire = (topUp: TopUp, now: Instant): TopUp =>
  topUp.state === 'instructed' && topUp.expiresAt <= now ? step(topUp, 'expired', now) : topUp

/** The person changed their mind. A cancelled one stays as it is; once money was seen, or the top-up is over, the decline is `top_up_finished`. */
export function cancel(topUp: TopUp, now: Instant): Outcome<TopUp> {
  const current = expire(topUp, now)
  if (current.state === 'cancelled') return ok(current)
  return current.state === 'instructed' ? ok(step(current, 'cancelled', now)) : no('top_up_finished')
}

/** A bank entry with its reference was seen, and `problem` says why it is not money yet. A finished top-up stays as it is. */
export function detect(topUp: TopUp, problem: string, now: Instant): TopUp {
  const isWaiting = topUp.state === 'instructed' || topUp.state === 'detected'
  return isWaiting ? { ...step(topUp, 'detected', now), problem } : topUp
}

/**
 * Money with its reference is booked and good. The amount that the bank booked counts, not the announced one. A reference that was used again
 * brings more money of the same person: each transfer is credited, and the sum is told.
 * Decline: `top_up_finished` where it was cancelled or has expired.
 */
export function credit(topUp: TopUp, money: Amount, now: Instant): Outcome<TopUp> {
  const current = expire(topUp, now)
  if (current.state === 'cancelled' || current.state === 'expired') return no('top_up_finished')
  const credited = current.credited === null ? money : add(current.credited, money)
  return ok({
    ...step(step(current, current.state === 'credited' ? 'credited' : 'detected', now), 'credited', now),
    credited,
    problem: null,
  })
}
