import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxMinor } from '#core/money/amount.ts'
import { totalIn } from '#main/features/total.ts'

const rates = { USD: '1.0871', JPY: '163.52', CNY: '7.8612' }

describe('the total in a home currency', () => {
  test('adds exactly and rounds once', () => {
    const balances = [
      { currency: 'EUR', minor: 100_00n },
      { currency: 'USD', minor: 108_71n },
      { currency: 'JPY', minor: 16_352n },
    ] as const
    expect(totalIn('EUR', balances, rates)).toEqual({ amount: { currency: 'EUR', minor: 300_00n }, excluded: [] })
  })

  test('rounds half to even', () => {
    const half = { USD: '2' }
    expect(totalIn('EUR', [{ currency: 'USD', minor: 1n }], half).amount.minor).toBe(0n)
    expect(totalIn('EUR', [{ currency: 'USD', minor: 3n }], half).amount.minor).toBe(2n)
    expect(totalIn('EUR', [{ currency: 'USD', minor: 5n }], half).amount.minor).toBe(2n)
  })

  test('goes through the euro between two others, in the digits of the home currency', () => {
    expect(totalIn('JPY', [{ currency: 'USD', minor: 100_00n }], rates).amount).toEqual({ currency: 'JPY', minor: 15_042n })
  })

  test('names what is held without a rate, and leaves out what is not held', () => {
    const balances = [
      { currency: 'KWD', minor: 5_000n },
      { currency: 'THB', minor: 0n },
      { currency: 'EUR', minor: 1n },
    ] as const
    expect(totalIn('EUR', balances, rates)).toEqual({ amount: { currency: 'EUR', minor: 1n }, excluded: ['KWD'] })
  })

  test('still counts the home currency where the home currency has no rate', () => {
    const balances = [
      { currency: 'KWD', minor: 5_000n },
      { currency: 'EUR', minor: 1n },
    ] as const
    expect(totalIn('KWD', balances, rates)).toEqual({ amount: { currency: 'KWD', minor: 5_000n }, excluded: ['EUR'] })
  })

  test('takes no rate that is not a plain positive decimal', () => {
    for (const USD of ['0', '-1', '1e3', 'NaN', '', '1,5'])
      expect(totalIn('EUR', [{ currency: 'USD', minor: 1n }], { USD }).excluded, USD).toEqual(['USD'])
  })

  test('loses nothing in its own currency, however large', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -maxMinor, max: maxMinor }), minor => {
        expect(totalIn('ETH', [{ currency: 'ETH', minor }], {}).amount.minor).toBe(minor)
      }),
    )
  })
})
