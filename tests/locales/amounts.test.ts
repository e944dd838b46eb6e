import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'
import { amountParts, currencyName, currencyNameOfMany, formatAmount } from '#locales/amounts.ts'

describe('an amount', () => {
  test('stands by its sign where that names one currency, by its code where two share it', () => {
    expect(formatAmount('en', { currency: 'EUR', value: '500.00' })).toBe('€500.00')
    expect(formatAmount('en', { currency: 'CNY', value: '38.00' })).toBe('CNY\u00a038.00')
    expect(formatAmount('en', { currency: 'JPY', value: '88000' })).toBe('JPY\u00a088,000')
    expect(formatAmount('zh-CN', { currency: 'CNY', value: '38.00' })).toBe('¥\u00a038.00')
    expect(formatAmount('zh-CN', { currency: 'JPY', value: '88000' })).toBe('JPY\u00a088,000')
    expect(formatAmount('en', { currency: 'SEK', value: '1.50' })).toBe('SEK\u00a01.50')
  })
  test('has the minus of typographers and a plus only where it is asked for', () => {
    expect(formatAmount('en', { currency: 'EUR', value: '-18.50' })).toBe('−€18.50')
    expect(formatAmount('en', { currency: 'EUR', value: '18.50' }, { plus: true })).toBe('+€18.50')
    expect(formatAmount('en', { currency: 'EUR', value: '0.00' }, { plus: true })).toBe('€0.00')
  })
  test('has the decimals of ISO 4217, not of Intl', () => {
    expect(formatAmount('en', { currency: 'HUF', value: '12.34' })).toBe('HUF\u00a012.34')
    expect(formatAmount('en', { currency: 'KWD', value: '12.405' })).toBe('KWD\u00a012.405')
  })
  test('is exact to one wei', () => {
    expect(formatAmount('en', { currency: 'ETH', value: '123456789.000000000000000001' }, { unit: 'none' })).toBe(
      '123,456,789.000000000000000001',
    )
  })
  test('loses no digit, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...currencyCodes), fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }), (currency, minor) => {
        const value = toDecimal({ currency, minor })
        const { sign, whole, fraction } = amountParts('en', { currency, value }, { unit: 'none' })
        const read = (sign === '−' ? '-' : '') + whole.replaceAll(',', '') + fraction
        expect(parseDecimal(currency, read)?.minor).toBe(minor)
      }),
    )
  })
})

test('currencies are named as the sentence needs', () => {
  expect(currencyName('en', 'USD')).toBe('US dollar')
  expect(currencyName('en', 'EUR')).toBe('Euro')
  expect(currencyNameOfMany('en', 'EUR')).toBe('euros')
  expect(currencyName('zh-CN', 'KWD')).toBe('科威特第纳尔')
  expect(currencyName('en', 'USDC')).toBe('USD Coin')
})
