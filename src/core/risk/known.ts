import type { Instant } from '../ledger/command.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Somebody or something that was met before. `vouched`: the person confirmed a payment with it, so that it need not grow old to be trusted. */
export type Known = { readonly id: string; readonly since: Instant; readonly at: Instant; readonly vouched: boolean }

/** What was vouched for counts as known for so many days. */
const vouchedDays = 365

export const metAt = (id: string, at: Instant, vouched = false): Known => ({ id, since: at, at, vouched })

/** The list with one more meeting, the latest last; where it grows over `most`, what was not met for longest is forgotten. */
export function meet<One extends Known>(list: readonly One[], met: One, most: number): readonly One[] {
  const earlier = list.find(one => one.id === met.id)
  const one = earlier === undefined ? met : { ...earlier, at: met.at, vouched: met.vouched || earlier.vouched }
  return lastOf([...list.filter(({ id }) => id !== met.id), one], most)
}

/** For how many days `id` is known: 0 where it is not. */
export function daysKnown(list: readonly Known[], id: string, now: Instant): number {
  const known = list.find(one => one.id === id)
  if (known === undefined) return 0
  return known.vouched ? vouchedDays : (now - known.since) / dayMs
}

/** How many were met within the last `ms`, `except` left out. */
export const metWithin = (list: readonly Known[], ms: number, now: Instant, except?: string): number =>
  list.filter(({ id, at }) => id !== except && at > now - ms).length

/** How many were met for the first time within the last `ms`, `except` left out. */
export const newWithin = (list: readonly Known[], ms: number, now: Instant, except?: string): number =>
  list.filter(({ id, since }) => id !== except && since > now - ms).length

/** Instants within the last `ms`. */
export const countWithin = (instants: readonly Instant[], ms: number, now: Instant): number => instants.filter(at => at > now - ms).length

/** The last `most` of a list: by this every list of a profile is bounded. */
export const lastOf = <T>(list: readonly T[], most: number): readonly T[] => (list.length > most ? list.slice(-most) : list)
