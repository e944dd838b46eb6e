import { describe, expect, it } from 'vitest'
import { dayIn, nextDayStarts } from '#core/limits/day.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'

const at = (text: string) => Date.parse(text)

describe('the day of a holder', () => {
  it('is the calendar day of their time zone', () => {
    expect(dayIn('Asia/Shanghai', at('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23')
    expect(dayIn('America/New_York', at('2026-11-22T04:59:59.999Z'))).toBe('2026-11-21')
    expect(dayIn('Nowhere/Town', at('2026-11-22T23:59:59.999Z'))).toBe('2026-11-22')
  })

  it('ends at the first instant of the next one, across summer time and odd offsets too', () => {
    expect(nextDayStarts('Asia/Shanghai', at('2026-11-22T04:00:00.000Z'))).toBe(at('2026-11-22T16:00:00.000Z'))
    expect(nextDayStarts('Europe/Berlin', at('2026-10-25T00:30:00.000Z'))).toBe(at('2026-10-25T23:00:00.000Z'))
    expect(nextDayStarts('Europe/Berlin', at('2026-03-29T00:30:00.000Z'))).toBe(at('2026-03-29T22:00:00.000Z'))
    expect(nextDayStarts('Asia/Kathmandu', at('2026-11-22T18:14:59.999Z'))).toBe(at('2026-11-22T18:15:00.000Z'))
    expect(nextDayStarts('UTC', at('2026-12-31T23:59:59.999Z'))).toBe(at('2027-01-01T00:00:00.000Z'))
  })
})

describe('the worth in euro cents', () => {
  it('is exact and rounds a tie to the even cent', () => {
    expect(euroCents({ currency: 'EUR', minor: 12345n }, {})).toBe(12345n)
    expect(euroCents({ currency: 'JPY', minor: 1n }, { JPY: '200' })).toBe(0n)
    expect(euroCents({ currency: 'JPY', minor: 3n }, { JPY: '200' })).toBe(2n)
    expect(euroCents({ currency: 'KWD', minor: 355n }, { KWD: '0.355' })).toBe(100n)
    expect(euroCents({ currency: 'ETH', minor: 10n ** 18n }, { ETH: '0.0004' })).toBe(250_000n)
  })

  it('is known for every currency that can be held, with the rates of the bank or without', () => {
    const listed = [
      'USD',
      'JPY',
      'CZK',
      'DKK',
      'GBP',
      'HUF',
      'PLN',
      'RON',
      'SEK',
      'CHF',
      'ISK',
      'NOK',
      'TRY',
      'AUD',
      'BRL',
      'CAD',
      'CNY',
      'HKD',
      'IDR',
      'ILS',
      'INR',
      'KRW',
      'MXN',
      'MYR',
      'NZD',
      'PHP',
      'SGD',
      'THB',
      'ZAR',
    ]
    const perEuro = Object.fromEntries(listed.map(code => [code, '1.5']))
    for (const currency of currencyCodes) expect(euroCents({ currency, minor: 10n ** 20n }, perEuro)).toBeGreaterThan(0n)
  })

  it('is not known without a rate, or with one that is none', () => {
    for (const rate of ['', '0', '-1', '1e3', 'NaN']) expect(euroCents({ currency: 'SEK', minor: 1n }, { SEK: rate })).toBeUndefined()
  })
})
