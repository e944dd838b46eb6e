import { monthOf } from './day.ts'
import type { LimitBound } from './limits.ts'
import { leftOf } from './limits.ts'
import type { LimitKind, LimitRail } from './policy.ts'

/** A part of a payment, on the day (ISO 8601) on which it fits. `minor`: in the smallest unit of the payment's currency. */
export type SplitPart = { readonly on: string; readonly minor: bigint }

type Splitting = {
  readonly bounds: readonly LimitBound[]
  readonly rail: LimitRail
  readonly minor: bigint
  /** What all of it is worth in euro cents. */
  readonly eurMinor: bigint
  /** The holder's day at this moment. */
  readonly today: string
}

/** No more parts than the days of a month, and none later than two months ahead. */
const mostParts = 31
const mostDays = 62

function dayAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10)
}

const least = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (a < b ? a : b))

/**
 * Divides a payment that passes a limit into parts of at most one a day, each as large as the limits of its day and month leave, none with a lost unit.
 * Undefined where it fits as it is, or not within 31 parts and 62 days.
 */
export function splitOverDays({ bounds, rail, minor, eurMinor, today }: Splitting): readonly SplitPart[] | undefined {
  const counting = bounds.filter(bound => bound.rail === null || bound.rail === rail)
  const mostOf = (kind: LimitKind) => least([eurMinor, ...counting.filter(bound => bound.kind === kind).map(({ most }) => most)])
  const leftNow = (kind: LimitKind) => least([eurMinor, ...counting.filter(bound => bound.kind === kind).map(leftOf)])
  const parts: SplitPart[] = []
  let [day, month, left, leftOfMonth] = [today, monthOf(today), { minor, eurMinor }, leftNow('per_month')]
  for (let step = 0; step < mostDays && parts.length < mostParts; step += 1) {
    if (monthOf(day) !== month) [month, leftOfMonth] = [monthOf(day), mostOf('per_month')]
    const room = least([leftNow('per_payment'), step === 0 ? leftNow('per_day') : mostOf('per_day'), leftOfMonth])
    const isLast = left.eurMinor <= room
    const part = isLast ? left.minor : (minor * room) / eurMinor
    if (part > 0n) {
      parts.push({ on: day, minor: part })
      left = { minor: left.minor - part, eurMinor: left.eurMinor - room }
      leftOfMonth -= room
    }
    if (isLast) return parts.length > 1 || step > 0 ? parts : undefined
    day = dayAfter(day)
  }
  return undefined
}
