/**
 * Splits an amount by weights into as many parts, in smallest units: the parts sum to the amount, none is a whole unit away from its exact share, and none
 * has another sign than the amount. The units that are left go to the largest remainders, of equal ones to the earlier (Hamilton's method).
 * Throws a RangeError where a weight is below zero or their sum is zero: there is nobody to give it to.
 */
export function allocate(minor: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n || weights.some(weight => weight < 0n)) throw new RangeError('weights are not below zero, and not all are zero')
  const [size, sign] = minor < 0n ? [-minor, -1n] : [minor, 1n]
  const parts = weights.map(weight => (size * weight) / total)
  const left = Number(size - parts.reduce((sum, part) => sum + part, 0n))
  const remainders = weights.map((weight, index) => ({ index, remainder: (size * weight) % total }))
  const next = remainders
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
    .slice(0, left)
  const favoured = new Set(next.map(({ index }) => index))
  return parts.map((part, index) => sign * (favoured.has(index) ? part + 1n : part))
}
