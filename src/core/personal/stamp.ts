import type { Instant } from '../ledger/command.ts'

/**
 * When something was written: physical milliseconds, a count within them, and the device. A hybrid logical clock (Kulkarni, Demirbas et al. 2014): close to real
 * time, and always after everything that its device had seen. One change has one stamp, whatever it writes.
 */
export type Stamp = { readonly ms: Instant; readonly count: number; readonly device: string }

/** How far ahead of the service's clock a stamp may be: a device whose clock is wrong by hours must not win for hours. */
const mostAheadMs = 5 * 60_000

/** Below zero where `a` is earlier. Total: two devices never make the same stamp. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.ms !== b.ms) return a.ms - b.ms
  if (a.count !== b.count) return a.count - b.count
  return a.device < b.device ? -1 : a.device > b.device ? 1 : 0
}

/** The stamp of a change that is made now by a device which has seen `newest`. Later than that, also where the clock stands still or went back. */
export const nextStamp = (newest: Stamp | undefined, now: Instant, device: string): Stamp =>
  newest && newest.ms >= now ? { ms: newest.ms, count: newest.count + 1, device } : { ms: now, count: 0, device }

/**
 * Whether a stamp is dated further ahead than a service may take. What is no later than the newest that it holds is taken all the same: were the service's own clock
 * put back, nobody would be shut out until it is that late again, and nobody can push the newest on by it.
 */
export const isTooFarAhead = (stamp: Stamp, newest: Stamp | undefined, now: Instant): boolean =>
  stamp.ms > now + mostAheadMs && stamp.ms > (newest?.ms ?? 0)

/** How a device's clock was found to be wrong: `shiftMs` is to be added to what it dated, and nothing was written after `now`. */
export type Correction = { readonly shiftMs: number; readonly now: Instant }

/**
 * The stamp of a writing that nobody else has seen yet, once the clock by which it was made was found to be wrong. It stays after `over`, which stood
 * there when it was written: what somebody saw and wrote anew is never undone by a clock.
 */
export function redated(stamp: Stamp, over: Stamp | undefined, { shiftMs, now }: Correction): Stamp {
  const shifted = { ...stamp, ms: Math.max(0, Math.min(stamp.ms + shiftMs, now)) }
  return over && compareStamps(shifted, over) <= 0 ? { ms: over.ms, count: over.count + 1, device: stamp.device } : shifted
}
