import type { Instant } from '../ledger/command.ts'

const hourMs = 3_600_000

/** The calendar day on which an instant falls in a time zone (IANA name), as ISO 8601. A zone that is not known counts as UTC. */
export function dayIn(timeZone: string, at: Instant): string {
  const known = lastDays.get(timeZone)
  return known && known.seenFrom <= at && at < known.end ? known.day : formatDay(timeZone, at)
}

function formatDay(timeZone: string, at: Instant): string {
  const parts = dayFormat(timeZone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** Whether this is an IANA name that is known here. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone })
    return true
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()
const options = { year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory', numberingSystem: 'latn' } as const

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const fresh = formatOf(timeZone)
  formats.set(timeZone, fresh)
  return fresh
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
}

/** The first instant of the next day in a time zone, to the millisecond; right across changes of summer time too. */
export function nextDayStarts(timeZone: string, at: Instant): Instant {
  const known = lastDays.get(timeZone)
  if (known && known.seenFrom <= at && at < known.end) return known.end
  const day = formatDay(timeZone, at)
  const end = findEnd(timeZone, day, at)
  if (lastDays.size >= mostZones) lastDays.clear()
  lastDays.set(timeZone, { seenFrom: at, end, day })
  return end
}

/** The day that was asked for last in each zone, from the instant that was asked for to its end: the same day, so nothing in here grows old. */
const lastDays = new Map<string, { readonly seenFrom: Instant; readonly end: Instant; readonly day: string }>()
const mostZones = 1_000

function findEnd(timeZone: string, today: string, at: Instant): Instant {
  return firstNot(at, at + 36 * hourMs, middle => formatDay(timeZone, middle) === today)
}

/** The first instant for which `holds` no longer does: it holds at `early`, and not at `late`. */
function firstNot(early: Instant, late: Instant, holds: (at: Instant) => boolean): Instant {
  let [last, first] = [early, late]
  while (first - last > 1) {
    const middle = last + Math.floor((first - last) / 2)
    if (holds(middle)) last = middle
    else first = middle
  }
  return first
}

/** The month of a day: 2026-11. */
export const monthOf = (day: string): string => day.slice(0, 7)

/** The first instant in a time zone that is after a month (2026-11), to the millisecond. */
export function nextMonthStarts(timeZone: string, month: string): Instant {
  const key = `${timeZone} ${month}`
  const known = monthStarts.get(key)
  if (known !== undefined) return known
  const [year = 0, number = 1] = month.split('-').map(Number)
  // Midnight anywhere is within 26 hours of midnight at Greenwich.
  const there = Date.UTC(year, number, 1)
  const start = firstNot(there - 26 * hourMs, there + 26 * hourMs, at => monthOf(formatDay(timeZone, at)) <= month)
  if (monthStarts.size >= mostZones) monthStarts.clear()
  monthStarts.set(key, start)
  return start
}

/** By zone and month; none of them ever changes. */
const monthStarts = new Map<string, Instant>()
