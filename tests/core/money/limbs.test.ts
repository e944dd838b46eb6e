import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Amount, amount, maxMinor, parseDecimal, toDecimal } from '#core/money/amount.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'

const minorArb = fc.oneof(
  fc.bigInt({ min: -maxMinor, max: maxMinor }),
  fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
  fc.constantFrom(0n, 1n, -1n, 10n ** 9n, -(10n ** 9n), maxMinor, -maxMinor),
)
const amountArb: fc.Arbitrary<Amount> = fc
  .tuple(fc.constantFrom(...currencyCodes), minorArb)
  .map(([currency, minor]) => amount(currency, minor))

test('every amount comes back from its limbs, whose lower one is always 0 to 10^9 - 1', () => {
  fc.assert(
    fc.property(minorArb, minor => {
      const { hi, lo } = toLimbs(minor)
      expect(lo >= 0n && lo < 10n ** 9n).toBe(true)
      expect(BigInt.asIntN(64, hi)).toBe(hi)
      expect(fromLimbs(hi, lo)).toBe(minor)
    }),
  )
})

test('the sums of limbs are the limbs of the sum', () => {
  fc.assert(
    fc.property(fc.array(minorArb, { maxLength: 50 }), minors => {
      const all = minors.map(toLimbs)
      const hi = all.reduce((sum, limbs) => sum + limbs.hi, 0n)
      const lo = all.reduce((sum, limbs) => sum + limbs.lo, 0n)
      expect(fromLimbs(hi, lo)).toBe(minors.reduce((sum, minor) => sum + minor, 0n))
    }),
  )
})

test('limbs sort as their amounts do', () => {
  fc.assert(
    fc.property(minorArb, minorArb, (a, b) => {
      const x = toLimbs(a)
      const y = toLimbs(b)
      expect(x.hi < y.hi || (x.hi === y.hi && x.lo < y.lo)).toBe(a < b)
    }),
  )
})

test('every amount of every currency comes back from its decimal', () => {
  fc.assert(
    fc.property(amountArb, one => {
      expect(parseDecimal(one.currency, toDecimal(one))).toEqual(one)
    }),
  )
})

test('a decimal has exactly the decimals of its currency', () => {
  expect(toDecimal(amount('KWD', 12_405n))).toBe('12.405')
  expect(toDecimal(amount('JPY', -3n))).toBe('-3')
  expect(toDecimal(amount('ETH', 1n))).toBe('0.000000000000000001')
  expect(toDecimal(amount('EUR', -5n))).toBe('-0.05')
})

test('what is no plain decimal of the currency is not read', () => {
  for (const text of ['', '.', '1.', '.5', '1,00', '1e3', ' 1', '+1', '--1', '0x1', '1.005', '１', 'NaN'])
    expect(parseDecimal('EUR', text)).toBeUndefined()
  expect(parseDecimal('EUR', '1.500')).toEqual(amount('EUR', 150n))
  expect(parseDecimal('JPY', '1.0')).toEqual(amount('JPY', 1n))
  expect(parseDecimal('ETH', `${maxMinor / 10n ** 18n}.000000000000000001`)).toBeUndefined()
})
