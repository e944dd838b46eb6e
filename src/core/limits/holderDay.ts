import type { Instant } from '../ledger/command.ts'
import { dayIn, monthOf, nextDayStarts, nextMonthStarts } from './day.ts'

/** A day on which the zone was changed is over by then, wherever the person went: a whole day, and the 26 hours between the ends of the earth. */
const longestHeldMs = 50 * 3_600_000

/**
 * Where a holder's days begin and end: at midnight of their time zone (IANA name). `held` is the day on which the zone was changed last, and before when it
 * does not end: where it would have ended in the zone in which it began.
 */
export type HolderDays = { readonly timeZone: string; readonly held: { readonly day: string; readonly endsAt: Instant } | null }

/** A day as ISO 8601, and the first instant that is not of it. */
export type DaySpan = { readonly day: string; readonly endsAt: Instant }

/**
 * A day on which the zone was changed lasts until it is over in the old zone, and then until the next midnight of the new one: it is never shorter than
 * a calendar day, however often the zone is changed, so that travel gives nobody a second day.
 */
function endOfHeld(timeZone: string, { day, endsAt }: NonNullable<HolderDays['held']>): Instant {
  let end = startOfDay(timeZone, endsAt) ? endsAt : nextDayStarts(timeZone, endsAt)
  // Far to the west the same date begins once more.
  while (dayIn(timeZone, end) <= day) end = nextDayStarts(timeZone, end)
  return end
}

const startOfDay = (timeZone: string, at: Instant): boolean => dayIn(timeZone, at - 1) !== dayIn(timeZone, at)

/** The day of a holder at an instant. */
export function holderDay({ timeZone, held }: HolderDays, at: Instant): DaySpan {
  if (held && at < held.endsAt + longestHeldMs) {
    const endsAt = endOfHeld(timeZone, held)
    if (at < endsAt) return { day: held.day, endsAt }
  }
  return { day: dayIn(timeZone, at), endsAt: nextDayStarts(timeZone, at) }
}

/**
 * The days of a holder who is in another time zone from this instant on. Who is back before the day is over where it began has it end there; later on it
 * ends at the next midnight, wherever that is, so that no change ends a day at once.
 */
export function moveDay(days: HolderDays, timeZone: string, at: Instant): HolderDays {
  const { day, endsAt } = holderDay(days, at)
  const began = days.held?.day === day ? days.held.endsAt : endsAt
  return { timeZone, held: { day, endsAt: Math.max(began, at) } }
}

/** When the month of the holder's day is over: where the first day begins that is of another month. */
export function monthEnds(days: HolderDays, at: Instant): Instant {
  const { day, endsAt } = holderDay(days, at)
  return Math.max(endsAt, nextMonthStarts(days.timeZone, monthOf(day)))
}
