import { localDay } from '#locales/dates.ts'

export const periods = ['today', 'days7', 'days30', 'thisYear', 'lastYear', 'own'] as const
export type Period = (typeof periods)[number]
export type DayRange = { readonly from: string; readonly to: string }

const daysBefore = (now: Date, days: number) => localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days))

/** The days of a period, both included, as calendar days of this computer. */
export function rangeOf(period: Exclude<Period, 'own'>, now: Date): DayRange {
  const year = now.getFullYear()
  switch (period) {
    case 'today':
      return { from: localDay(now), to: localDay(now) }
    case 'days7':
      return { from: daysBefore(now, 6), to: localDay(now) }
    case 'days30':
      return { from: daysBefore(now, 29), to: localDay(now) }
    case 'thisYear':
      return { from: `${year}-01-01`, to: localDay(now) }
    case 'lastYear':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
  }
}

/** The month that lies `back` months before now. */
export function monthRange(now: Date, back: number): DayRange {
  const first = new Date(now.getFullYear(), now.getMonth() - back, 1)
  const last = new Date(now.getFullYear(), now.getMonth() - back + 1, 0)
  return { from: localDay(first), to: localDay(last) }
}
