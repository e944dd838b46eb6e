import { expect, test } from 'vitest'
import { trendLine } from '#renderer/views/home/trendLine.ts'

test('a line goes from edge to edge, the least at the bottom and the most at the top', () => {
  expect(trendLine([0, 50, 100])).toBe('M0.0 52.0 L160.0 28.0 L320.0 4.0')
})

test('values that are all one make a level line, and one value a point', () => {
  expect(trendLine([7, 7])).toBe('M0.0 28.0 L320.0 28.0')
  expect(trendLine([7])).toBe('M0.0 28.0')
})
