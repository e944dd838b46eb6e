/** Divides to the nearest integer, a tie to the even one (IEEE 754 roundTiesToEven): the only rounding of money in OKPAY. `divisor` is above zero. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend
  const quotient = magnitude / divisor
  const twice = (magnitude % divisor) * 2n
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n)
  const rounded = up ? quotient + 1n : quotient
  return dividend < 0n ? -rounded : rounded
}
