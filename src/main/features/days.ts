import type { Instant } from '#core/ledger/command.ts'

/** The first instant of a calendar day (2026-11-22) in this computer's time zone; `later` days after it. */
export function startOf(day: string, later = 0): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).getTime()
}

const two = (part: number): string => String(part).padStart(2, '0')

/** The calendar day of an instant in this computer's time zone. */
export function dayOf(at: Instant): string {
  const date = new Date(at)
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** IANA name of this computer's time zone. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
