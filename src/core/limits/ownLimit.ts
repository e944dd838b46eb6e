import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'
import { toDecimal } from '../money/amount.ts'

/** What a person lowered by themselves waits so long before it goes up again, in milliseconds. */
export const raiseWaitMs = 24 * 3_600_000

/** What a person set for themselves below what they may have, in euro cents, and to what it goes up later. */
export type OwnLimit = {
  readonly own: bigint | null
  readonly waiting: { readonly eurMinor: bigint; readonly at: Instant } | null
}

/** `most`: what the person may have. `amount`: what holds now. The rest as it is once what waited has come. */
export type LimitHeld = OwnLimit & { readonly most: bigint; readonly amount: bigint }

/** What holds of a limit at an instant, of which the person may have `most` (euro cents). */
export function limitHeld(most: bigint, { own, waiting }: OwnLimit, at: Instant): LimitHeld {
  const isDue = waiting !== null && waiting.at <= at
  const set = isDue ? waiting.eurMinor : own
  const lowered = set !== null && set < most ? set : null
  return { most, amount: lowered ?? most, own: lowered, waiting: isDue ? null : waiting }
}

/**
 * A person sets their own limit: lower holds at once, higher in a day, so that who has the device for an hour gains nothing. What waits already keeps its
 * hour where no more is asked for. Decline: amount_invalid where it is more than they may have.
 */
export function setOwnLimit(held: LimitHeld, eurMinor: bigint, at: Instant): Outcome<OwnLimit> {
  if (eurMinor > held.most) {
    const euro = (minor: bigint): string => toDecimal({ currency: 'EUR', minor })
    return no('amount_invalid', { currency: 'EUR', min: euro(1n), max: euro(held.most) })
  }
  if (eurMinor <= held.amount) return ok({ own: eurMinor < held.most ? eurMinor : null, waiting: null })
  const isAskedBefore = held.waiting !== null && eurMinor <= held.waiting.eurMinor
  return ok({ own: held.own, waiting: { eurMinor, at: isAskedBefore && held.waiting ? held.waiting.at : at + raiseWaitMs } })
}
