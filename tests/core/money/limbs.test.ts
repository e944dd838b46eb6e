import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Amount, amount, maxMinor, parseDecimal, toDecimal } from '#core/money/amount.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'

const minorArb = fc.oneof(
  fc.bigInt({ min: -maxMinor, max: maxMinor }),
  fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
  fc.constantFrom(0n, 1n, -1n, 10n ** 12n, -(10n ** 12n), 10n ** 24n, -(10n ** 24n), maxMinor, -maxMinor),
)
const amountArb: fc.Arbitrary<Amount> = fc
  .tuple(fc.constantFrom(...currencyCodes), minorArb)
  .map(([currency, minor]) => amount(currency, minor))

const sumOf = (all: readonly (bigint | number)[]): bigint => all.reduce<bigint>((sum, one) => sum + BigInt(one), 0n)

test('every amount comes back from its limbs, which have its sign and fit 64 bits', () => {
  fc.assert(
    fc.property(minorArb, minor => {
      const { hi, mid, lo } = toLimbs(minor)
      for (const limb of [mid, lo]) expect(Math.abs(limb) < 1e12).toBe(true)
      for (const limb of [hi, mid, lo]) expect(limb === 0 || limb > 0 === minor > 0n).toBe(true)
      expect(Math.abs(hi) <= 1e14).toBe(true)
      expect(fromLimbs(hi, mid, lo)).toBe(minor)
    }),
  )
})

test('the sums of limbs are the limbs of the sum', () => {
  fc.assert(
    fc.property(fc.array(minorArb, { maxLength: 50 }), minors => {
      const all = minors.map(toLimbs)
      const sum = fromLimbs(sumOf(all.map(({ hi }) => hi)), sumOf(all.map(({ mid }) => mid)), sumOf(all.map(({ lo }) => lo)))
      expect(sum).toBe(sumOf(minors))
    }),
  )
})

test('limbs sort as their amounts do', () => {
  fc.assert(
    fc.property(minorArb, minorArb, (a, b) => {
      const x = toLimbs(a)
      const y = toLimbs(b)
      const isLess = x.hi < y.hi || (x.hi === y.hi && (x.mid < y.mid || (x.mid === y.mid && x.lo < y.lo)))
      expect(isLess).toBe(a < b)
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
