/**
 * How an amount stands in SQL: three integers, `minor = hi * 10^24 + mid * 10^12 + lo`, each with the sign of the amount and mid and lo below 10^12 in
 * magnitude (10^38 fits no pair of 64-bit integers). SUM(hi), SUM(mid) and SUM(lo) add up exactly over nine million rows; beyond, SQL says that an integer
 * overflowed, it never rounds. Limbs sort, as a row value, as their amounts do; one limb is exact as a double; and an everyday amount has its upper ones 0,
 * which take no room in a row (docs/adr/0004-amounts.md).
 */
export type Limbs = { readonly hi: number; readonly mid: number; readonly lo: number }

const base = 1_000_000_000_000n
const upper = base * base

export function toLimbs(minor: bigint): Limbs {
  if (minor < base && minor > -base) return { hi: 0, mid: 0, lo: Number(minor) }
  return { hi: Number(minor / upper), mid: Number((minor / base) % base), lo: Number(minor % base) }
}

/** Also takes the sums of limbs, in which the lower ones may be 10^12 or more: those are read as bigints. */
export function fromLimbs(hi: number | bigint, mid: number | bigint, lo: number | bigint): bigint {
  return !hi && !mid ? BigInt(lo) : BigInt(hi) * upper + BigInt(mid) * base + BigInt(lo)
}
