import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '#core/money/allocate.ts'

const amount = fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n })
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1, maxLength: 30 })
  .filter(list => list.some(weight => weight > 0n))
const sum = (list: readonly bigint[]): bigint => list.reduce((total, one) => total + one, 0n)

describe('an amount that is split', () => {
  it('loses and makes no unit, and each part is less than a unit from its exact share', () => {
    fc.assert(
      fc.property(amount, weights, (minor, shares) => {
        const parts = allocate(minor, shares)
        expect(sum(parts)).toBe(minor)
        const total = sum(shares)
        for (const [index, part] of parts.entries()) {
          const off = part * total - minor * (shares[index] ?? 0n)
          expect(off < total && off > -total).toBe(true)
          expect(part === 0n || part > 0n === minor > 0n).toBe(true)
        }
      }),
    )
  })

  it('gives nothing to a weight of zero, and is the same with the weights in another scale', () => {
    fc.assert(
      fc.property(amount, weights, fc.bigInt({ min: 1n, max: 10n ** 9n }), (minor, shares, scale) => {
        const parts = allocate(minor, shares)
        expect(parts.filter((part, index) => shares[index] === 0n && part !== 0n)).toEqual([])
        expect(
          allocate(
            minor,
            shares.map(weight => weight * scale),
          ),
        ).toEqual(parts)
      }),
    )
  })

  it('gives a larger weight no less, and what is taken back is the mirror of what was given', () => {
    fc.assert(
      fc.property(amount, weights, (minor, shares) => {
        const parts = allocate(minor, shares)
        const byWeight = shares.map((weight, index) => ({ weight, part: (minor < 0n ? -1n : 1n) * (parts[index] ?? 0n) }))
        for (const a of byWeight) for (const b of byWeight) if (a.weight > b.weight) expect(a.part).toBeGreaterThanOrEqual(b.part)
        expect(allocate(-minor, shares)).toEqual(parts.map(part => -part))
      }),
    )
  })

  it('gives what is left to the largest remainders, of equal ones to the earlier', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(-5n, [1n, 1n])).toEqual([-3n, -2n])
    expect(allocate(10n, [55n, 25n, 20n])).toEqual([6n, 2n, 2n])
    expect(allocate(1n, [1n, 2n, 2n])).toEqual([0n, 1n, 0n])
    expect(allocate(0n, [3n, 4n])).toEqual([0n, 0n])
  })

  it.each([[[]], [[0n, 0n]], [[2n, -1n]]])('is refused for weights %s that give it to nobody', shares => {
    expect(() => allocate(1n, shares)).toThrow(RangeError)
  })
})
