import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toDecimal } from '#core/money/amount.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'
import { amountParts } from '#locales/amounts.ts'
import { readTypedAmount } from '#renderer/text/typedAmount.ts'

describe('an amount that a person types', () => {
  for (const [currency, typed, value] of [
    ['EUR', '24.9', '24.90'],
    ['EUR', '24,90', '24.90'],
    ['EUR', '1,234.50', '1234.50'],
    ['EUR', '1,234', '1234.00'],
    ['EUR', "1'234.50", '1234.50'],
    ['EUR', ' 1 234.50 ', '1234.50'],
    ['CNY', '１２．５', '12.50'],
    ['JPY', '88,000', '88000'],
    ['KWD', '12.405', '12.405'],
    ['EUR', '5.', '5.00'],
    ['EUR', '.5', '0.50'],
    ['ETH', '0.000000000000000001', '0.000000000000000001'],
  ] as const) {
    test(`${typed} ${currency} is ${value}`, () => expect(readTypedAmount(currency, typed)).toBe(value))
  }
  for (const [currency, typed] of [
    ['EUR', ''],
    ['EUR', '1.234'],
    ['JPY', '1.5'],
    ['EUR', '-5'],
    ['EUR', '1e3'],
    ['EUR', '1,2,3'],
    ['EUR', 'NaN'],
  ] as const) {
    test(`"${typed}" ${currency} is none`, () => expect(readTypedAmount(currency, typed)).toBeUndefined())
  }
  test('reads back whatever the field shows grouped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencyCodes),
        fc.bigInt({ min: 0n, max: 10n ** 27n }),
        fc.constantFrom('en', 'zh-CN' as const),
        (currency, minor, locale) => {
          const value = toDecimal({ currency, minor })
          const { whole, fraction } = amountParts(locale, { currency, value }, { unit: 'none' })
          expect(readTypedAmount(currency, whole + fraction)).toBe(value)
        },
      ),
    )
  })
})
