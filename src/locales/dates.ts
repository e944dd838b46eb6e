import { type AppLocale, intlTag } from './index.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: AppLocale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const slot = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(slot)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(intlTag(locale) === 'en' ? 'en-GB' : intlTag(locale), options)
  formats.set(slot, fresh)
  return fresh
}

/**
 * A date is one word: it never breaks over two lines. Latin digits and Chinese characters stand apart by a space ("11 月 22 日"), as in the
 * rest of the Chinese text.
 */
const asOneWord = (text: string) =>
  text
    .replace(/(\d)(?=[年月日])/g, '$1 ')
    .replace(/([年月])(?=\d)/g, '$1 ')
    .replace(/(?<!,) /g, '\u00a0')

const today: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** "10:42", in the time zone of this computer. */
export const formatTime = (locale: AppLocale, at: string): string => dateFormat(locale, today).format(new Date(at))

/** "10:42:05.1": for a timeline, in which tenths matter. */
export const formatPreciseTime = (locale: AppLocale, at: string): string =>
  dateFormat(locale, { ...today, second: '2-digit', fractionalSecondDigits: 1 }).format(new Date(at))

/** "22 Nov", "11 月 22 日"; the year where it is not `now`'s. */
export function formatDay(locale: AppLocale, at: string, now: Date): string {
  const date = new Date(at)
  const isThisYear = date.getFullYear() === now.getFullYear()
  return asOneWord(dateFormat(locale, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(date))
}

/** "Mon 23 Nov, 14:00", "11 月 23 日周一 14:00". */
export function formatMoment(locale: AppLocale, at: string, now: Date): string {
  const date = new Date(at)
  const isThisYear = date.getFullYear() === now.getFullYear()
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
    ...today,
  }
  return asOneWord(dateFormat(locale, options).format(date))
}

/** A calendar day that has no time of day, such as the day of a reference rate. */
export const formatCalendarDay = (locale: AppLocale, day: string, now: Date): string => formatDay(locale, `${day}T12:00:00`, now)

/** The calendar day on which an instant falls here, as ISO 8601. */
export function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** "China Standard Time", "中国标准时间": a time zone by its IANA name, which is shown where nobody has another. */
export function formatZone(locale: AppLocale, timeZone: string, now: Date): string {
  try {
    const parts = dateFormat(locale, { timeZone, timeZoneName: timeZone === 'UTC' ? 'long' : 'longGeneric' }).formatToParts(now)
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  } catch {
    return timeZone
  }
}
