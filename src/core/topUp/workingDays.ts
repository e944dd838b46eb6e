import type { Instant } from '../ledger/command.ts'

/** `target`: the days on which euro payments settle; `weekdays`: Monday to Friday, where a country's own holidays are not known to us. */
export type Calendar = 'target' | 'weekdays'

/** How long a transfer takes by its scheme. */
export type Arrival = { readonly hours: number } | { readonly workingDays: number; readonly calendar: Calendar }

const dayMs = 86_400_000
const hourMs = 3_600_000
/** What is ordered later in the day counts from the next day, and money is there by this hour (UTC): the euro's day ends at 18:00 in Frankfurt. */
const endOfDayHour = 16

/** The day of Easter Sunday in the Gregorian calendar, as milliseconds at 00:00 UTC. Source: the Meeus/Jones/Butcher algorithm. */
function easterSunday(year: number): Instant {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1)
}

/** New Year's Day, Good Friday, Easter Monday, 1 May, Christmas Day and 26 December. Source: European Central Bank, TARGET calendar since 2002. */
function isTargetHoliday(day: Instant): boolean {
  const date = new Date(day)
  const monthAndDay = `${date.getUTCMonth() + 1}-${date.getUTCDate()}`
  if (['1-1', '5-1', '12-25', '12-26'].includes(monthAndDay)) return true
  const fromEaster = (day - easterSunday(date.getUTCFullYear())) / dayMs
  return fromEaster === -2 || fromEaster === 1
}

/** `day` is 00:00 UTC of a calendar day. */
export function isWorkingDay(day: Instant, calendar: Calendar): boolean {
  const weekday = new Date(day).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !(calendar === 'target' && isTargetHoliday(day))
}

/** When money ordered now is expected at the latest: an estimate for people, not a promise of the bank. */
export function expectedArrival(now: Instant, arrival: Arrival): Instant {
  if ('hours' in arrival) return now + arrival.hours * hourMs
  let day = Math.floor(now / dayMs) * dayMs
  if (now - day >= endOfDayHour * hourMs) day += dayMs
  while (!isWorkingDay(day, arrival.calendar)) day += dayMs
  for (let left = arrival.workingDays; left > 0; left -= 1) {
    day += dayMs
    while (!isWorkingDay(day, arrival.calendar)) day += dayMs
  }
  return day + endOfDayHour * hourMs
}
