import { divideHalfEven } from '../money/halfEven.ts'

/** What a shop pays of each payment, in hundredths of a percent: 1.00%. The holder pays nothing on top. */
const merchantFeeBps = 100n

/** The shop's fee of a payment, in its smallest units, rounded half-even. */
export const merchantFee = (minor: bigint): bigint => divideHalfEven(minor * merchantFeeBps, 10_000n)
