import type { Instant } from '../ledger/command.ts'

const hourMs = 3_600_000

/** The calendar day on which an instant falls in a time zone (IANA name), as ISO 8601. A zone that is not known counts as UTC. */
export function dayIn(timeZone: string, at: Instant): string {
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
  const today = dayIn(timeZone, at)
  const name = `${timeZone} ${today}`
  const known = ends.get(name)
  if (known !== undefined) return known
  const end = findEnd(timeZone, today, at)
  if (ends.size >= mostEnds) ends.clear()
  ends.set(name, end)
  return end
}

/** Days whose end was found; a day of a zone has one end, so nothing in here grows old. */
const ends = new Map<string, Instant>()
const mostEnds = 1_000

function findEnd(timeZone: string, today: string, at: Instant): Instant {
  let early = at
  let late = at + 36 * hourMs
  while (late - early > 1) {
    const middle = early + Math.floor((late - early) / 2)
    if (dayIn(timeZone, middle) === today) early = middle
    else late = middle
  }
  return late
}
