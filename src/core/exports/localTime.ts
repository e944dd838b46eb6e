const quarterMs = 15 * 60_000

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

/** An instant as ISO 8601 in UTC with milliseconds. */
export const utcInstant = (at: number): string => new Date(at).toISOString()

/**
 * Days and times in a zone: `2026-11-22`, `14:28:05`. Zones change their offset only at quarters of an hour, so one look-up serves the
 * instants of a quarter: the lines of a statement come in order.
 */
export function localTime(timeZone: string): (at: number) => { readonly date: string; readonly time: string } {
  const offsetAt = offsetReader(timeZone)
  let quarter = Number.NaN
  let offset = 0
  return at => {
    const of = Math.floor(at / quarterMs)
    if (of !== quarter) {
      quarter = of
      offset = offsetAt(of * quarterMs)
    }
    const local = utcInstant(at + offset)
    return { date: local.slice(0, 10), time: local.slice(11, 19) }
  }
}
