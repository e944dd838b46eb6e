import { utcInstant } from '../exports/localTime.ts'
import type { Instant } from '../ledger/command.ts'

const dayMs = 86_400_000

/** The day in UTC: `2026-11-22`. */
export const utcDay = (at: Instant): string => utcInstant(at).slice(0, 10)

/** The days of a book in its own order: where a clock once went back, the later day stands, since a balance is checked in the order of days. */
export function bookDays(from: Instant | null) {
  let latest = from ?? 0
  return {
    of: (at: Instant): string => {
      latest = Math.max(latest, at)
      return utcDay(latest)
    },
    /** The day after the last one that was written. */
    after: (): string => utcDay(latest + dayMs),
  }
}
