import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'
import { toDecimal } from '../money/amount.ts'

export type LimitKind = 'per_payment' | 'per_day'
export const limitKinds = ['per_payment', 'per_day'] as const satisfies readonly LimitKind[]

/** What a holder may pay at once and on a day of their time zone, in euro cents, until an operator sets something else. */
export const defaultLimits: Readonly<Record<LimitKind, bigint>> = { per_payment: 200_000n, per_day: 500_000n }

/** The limits of a holder at one moment, in euro cents. `dayEndsAt`: when what is used frees up. */
export type LimitSnapshot = {
  readonly perPayment: bigint
  readonly perDay: bigint
  readonly usedToday: bigint
  readonly dayEndsAt: Instant
}

const euro = (minor: bigint): string => toDecimal({ currency: 'EUR', minor })

/** Whether a payment worth `eurMinor` stays within the limits. Declines: over_payment_limit, over_daily_limit, in this order. */
export function withinLimits({ perPayment, perDay, usedToday, dayEndsAt }: LimitSnapshot, eurMinor: bigint): Outcome<bigint> {
  const currency = 'EUR'
  if (eurMinor > perPayment) return no('over_payment_limit', { currency, amount: euro(eurMinor), limit: euro(perPayment) })
  if (usedToday + eurMinor <= perDay) return ok(eurMinor)
  const left = perDay > usedToday ? perDay - usedToday : 0n
  const detail = { currency, amount: euro(eurMinor), limit: euro(perDay), used: euro(usedToday), left: euro(left) }
  // Waiting for tomorrow helps only where the payment fits into a whole day.
  return no('over_daily_limit', eurMinor <= perDay ? { ...detail, at: new Date(dayEndsAt).toISOString() } : detail)
}
