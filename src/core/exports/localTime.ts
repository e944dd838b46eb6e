const quarterMs = 15 * 60_000
const dayMs = 86_400_000

/** Hours and minutes between a zone and UTC at an instant, in milliseconds, by the zone's own rules. */
function offsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return at => {
    const whole = Math.floor(at / 1000) * 1000
    const parts = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole
  }
}

const digits = (n: number, width: number): string => String(n).padStart(width, '0')
/** Written once each: statements have millions of times. Few enough to stay in the processor's cache. */
const minutes = Array.from({ length: 1440 }, (_, of) => `${digits(Math.floor(of / 60), 2)}:${digits(of % 60, 2)}:`)
const seconds = Array.from({ length: 60 }, (_, second) => digits(second, 2))
const fractions = Array.from({ length: 1000 }, (_, ms) => `.${digits(ms, 3)}Z`)

/** `14:28:05` of a time of day in milliseconds. */
function clock(ms: number): string {
  const second = Math.floor(ms / 1000)
  const minute = Math.floor(second / 60)
  return `${minutes[minute]}${seconds[second - minute * 60]}`
}

/** `2026-11-22` of a day since 1970; lines come in order, so that the last day is mostly the one asked for again. */
function calendar(): (day: number) => string {
  let last = Number.NaN
  let text = ''
  return day => {
    if (day !== last) {
      last = day
      text = new Date(day * dayMs).toISOString().slice(0, 10)
    }
    return text
  }
}

const utcDate = calendar()

/** An instant as ISO 8601 in UTC with milliseconds. */
export function utcInstant(at: number): string {
  const day = Math.floor(at / dayMs)
  const ms = at - day * dayMs
  return `${utcDate(day)}T${clock(ms)}${fractions[ms % 1000]}`
}

/**
 * The offset at any instant, looked up once a day where the day begins and ends with the same one; on a day on which it changes, once a quarter of an hour:
 * zones change at quarters.
 */
function offsets(timeZone: string): (at: number) => number {
  const read = offsetReader(timeZone)
  let day = Number.NaN
  let start = 0
  let end = 0
  let quarter = Number.NaN
  let within = 0
  return at => {
    const today = Math.floor(at / dayMs)
    if (today !== day) {
      start = today === day + 1 ? end : read(today * dayMs)
      end = read((today + 1) * dayMs)
      day = today
    }
    if (start === end) return start
    const of = Math.floor(at / quarterMs)
    if (of !== quarter) {
      quarter = of
      within = read(of * quarterMs)
    }
    return within
  }
}

/** Days and times in a zone (an IANA name): `2026-11-22`, `14:28:05`. */
export function localTime(timeZone: string): (at: number) => { readonly date: string; readonly time: string } {
  const offsetAt = offsets(timeZone)
  const dateOf = calendar()
  return at => {
    const local = at + offsetAt(at)
    const day = Math.floor(local / dayMs)
    return { date: dateOf(day), time: clock(local - day * dayMs) }
  }
}
