import type { Instant } from '../ledger/command.ts'
import { dayMs } from './known.ts'

/**
 * What flows out, in euro cents, as two sums from which the past fades: `month` after about thirty days, `half` after about half a year. Two numbers tell
 * what goes out now and what usually does, however many payments there were.
 */
export type Flow = { readonly month: number; readonly half: number; readonly at: Instant }

const monthMs = 30 * dayMs
const halfMs = 180 * dayMs
/** A flow that is younger tells no more of what is usual than one that is so old. */
const youngMs = 60 * dayMs

export const noFlow = (at: Instant): Flow => ({ month: 0, half: 0, at })

/** The flow as it is at `now`. */
export function flowAt({ month, half, at }: Flow, now: Instant): Flow {
  const passedMs = Math.max(0, now - at)
  return { month: month * Math.exp(-passedMs / monthMs), half: half * Math.exp(-passedMs / halfMs), at: Math.max(now, at) }
}

/** The flow with one more payment; whole cents, so that a profile stays small. */
export function flowWith(before: Flow, eur: number, at: Instant): Flow {
  const { month, half, at: now } = flowAt(before, at)
  return { month: Math.round(month + eur), half: Math.round(half + eur), at: now }
}

/** What usually flows in thirty days, by half a year in which it has flowed since `since`. */
export function usualMonth({ half }: Flow, since: Instant, now: Instant): number {
  const seen = 1 - Math.exp(-Math.max(youngMs, now - since) / halfMs)
  return (half * monthMs) / (halfMs * seen)
}
