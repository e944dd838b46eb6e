import type { Instant } from '../ledger/command.ts'

/** Held money waits so long for an operator; then it goes back. */
export const reviewMs = 72 * 3_600_000

/** Payments worth as much or more are approved by two operators, in euro cents. */
const twoOperatorsFrom = 100_000n

export const needsTwo = (eurMinor: bigint): boolean => eurMinor >= twoOperatorsFrom

/** The hour of the day in a time zone (IANA name), 0 to 23. A zone that is not known counts as UTC. */
export function hourIn(timeZone: string, at: Instant): number {
  const known = formats.get(timeZone) ?? formatOf(timeZone)
  formats.set(timeZone, known)
  return Number(known.format(at))
}

const formats = new Map<string, Intl.DateTimeFormat>()
const options = { hour: '2-digit', hourCycle: 'h23' } as const

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
}
