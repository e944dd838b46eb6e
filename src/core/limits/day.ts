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
  let early = at
  let late = at + 36 * hourMs
  while (late - early > 1) {
    const middle = early + Math.floor((late - early) / 2)
    if (formatDay(timeZone, middle) === today) early = middle
    else late = middle
  }
  return late
}
