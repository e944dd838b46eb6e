import { describe, expect, test } from 'vitest'
import { serviceConfig } from '#service/program/settings.ts'
import { speak } from '#service/program/speech.ts'

const say = speak({ LANG: 'en' })
const daysOf = (text: string | undefined): number =>
  serviceConfig({}, text === undefined ? {} : { OKPAY_FEED_DAYS: text }, say).feedKeptDays

describe('after how many days a feed is compacted', () => {
  test('is 90 where nobody says, what an operator says, and 0 for never', () => {
    expect([undefined, '', '30', '36500', '0'].map(daysOf)).toEqual([90, 90, 30, 36_500, 0])
  })

  for (const text of ['-1', '1.5', 'ninety', '36501', '1e3', ' 30'])
    test(`is refused as "${text}"`, () => expect(() => daysOf(text)).toThrow(`OKPAY_FEED_DAYS=${text}`))
})
