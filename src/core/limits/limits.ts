import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'
import { toDecimal } from '../money/amount.ts'
import type { LimitKind, LimitRail } from './policy.ts'

/**
 * One limit of a holder as it holds at one moment, in euro cents. `rail`: of what leaves by it alone; null counts everything. `endsAt`: when what is
 * used frees up; null for a limit of one payment, of which nothing is used.
 */
export type LimitBound = {
  readonly kind: LimitKind
  readonly rail: LimitRail | null
  readonly most: bigint
  readonly used: bigint
  readonly endsAt: Instant | null
}

const euro = (minor: bigint): string => toDecimal({ currency: 'EUR', minor })

const codes = {
  per_payment: 'over_payment_limit',
  per_month: 'over_monthly_limit',
  per_day: 'over_daily_limit',
} as const satisfies Record<LimitKind, string>

const isPassed = ({ most, used }: LimitBound, eurMinor: bigint): boolean => used + eurMinor > most

/** What is left of a bound: never less than nothing. */
export const leftOf = ({ most, used }: Pick<LimitBound, 'most' | 'used'>): bigint => (most > used ? most - used : 0n)

/**
 * Whether a payment by `rail` that is worth `eurMinor` stays within every bound that counts for it. Declines: over_payment_limit, over_monthly_limit,
 * over_daily_limit, in this order: who is told of the day could pay tomorrow.
 */
export function withinLimits(bounds: readonly LimitBound[], rail: LimitRail, eurMinor: bigint): Outcome<bigint> {
  const counting = bounds.filter(bound => bound.rail === null || bound.rail === rail)
  for (const kind of ['per_payment', 'per_month', 'per_day'] as const) {
    const passed = counting.filter(bound => bound.kind === kind && isPassed(bound, eurMinor))
    // Of several the one with the least left says the truth for all.
    const [tightest] = passed.toSorted((a, b) => (leftOf(a) < leftOf(b) ? -1 : 1))
    if (tightest) return no(codes[kind], detailOf(tightest, eurMinor))
  }
  return ok(eurMinor)
}

function detailOf(bound: LimitBound, eurMinor: bigint): Readonly<Record<string, string>> {
  const { kind, rail, most, used, endsAt } = bound
  const about = { currency: 'EUR', amount: euro(eurMinor), limit: euro(most), ...(rail ? { rail } : {}) }
  if (kind === 'per_payment' || endsAt === null) return about
  const detail = { ...about, used: euro(used), left: euro(leftOf(bound)) }
  // Waiting helps only where the payment fits into a whole day or month.
  return eurMinor <= most ? { ...detail, at: new Date(endsAt).toISOString() } : detail
}
