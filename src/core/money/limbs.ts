/**
 * How an amount stands in SQL: two integers, `minor = hi * 10^9 + lo` with 0 <= lo < 10^9, so that SUM(hi) and SUM(lo) add up exactly
 * (nine decimals of an ether fit no 64-bit integer; see docs/adr on amounts).
 */
export type Limbs = { readonly hi: bigint; readonly lo: bigint }

const base = 1_000_000_000n

export function toLimbs(minor: bigint): Limbs {
  const remainder = minor % base
  return remainder < 0n ? { hi: minor / base - 1n, lo: remainder + base } : { hi: minor / base, lo: remainder }
}

/** Also takes the sums of limbs, in which `lo` may be 10^9 or more. */
export const fromLimbs = (hi: bigint, lo: bigint): bigint => hi * base + lo
