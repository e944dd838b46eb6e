import { expect, test } from 'vitest'
import { monthRange, rangeOf } from '#renderer/text/periods.ts'

const now = new Date(2026, 10, 22, 15, 0)

test('periods are whole days of this computer, both ends included', () => {
  expect(rangeOf('today', now)).toEqual({ from: '2026-11-22', to: '2026-11-22' })
  expect(rangeOf('days7', now)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(rangeOf('thisYear', now)).toEqual({ from: '2026-01-01', to: '2026-11-22' })
  expect(rangeOf('lastYear', now)).toEqual({ from: '2025-01-01', to: '2025-12-31' })
})

test('a month ends on its last day, also over the turn of a year and in a leap year', () => {
  expect(monthRange(now, 0)).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(monthRange(new Date(2026, 0, 31), 1)).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(monthRange(new Date(2028, 2, 31), 1)).toEqual({ from: '2028-02-01', to: '2028-02-29' })
})
