import type { Instant } from '../ledger/command.ts'

/** How long a session lives, in milliseconds. */
export type SessionRules = {
  /** Without a call. */
  readonly idleMs: number
  /** From signing in, however much it is used. */
  readonly ageMs: number
  /** A token is good for so long; then the device's key exchanges it for another. */
  readonly tokenMs: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export const defaultSessionRules: SessionRules = { idleMs: 30 * dayMs, ageMs: 180 * dayMs, tokenMs: dayMs }

/** An exchanged token is good for so long more: calls that are under way come to their end. */
const overlapMs = 2 * 60_000

/** The last use is kept to the hour, so that reading does not write. */
const useKeptMs = hourMs

export type SessionTimes = {
  /** When the person signed in. */
  readonly startedAt: Instant
  /** When this token was made. */
  readonly madeAt: Instant
  /** When it was exchanged for another. */
  readonly replacedAt: Instant | null
  /** When the device was heard last, to the hour; null where that is not known. */
  readonly usedAt: Instant | null
}

/** Until when the session lives, whichever token it has. */
const sessionEndsAt = ({ startedAt, usedAt }: SessionTimes, { idleMs, ageMs }: SessionRules): Instant =>
  Math.min(startedAt + ageMs, usedAt === null ? Number.POSITIVE_INFINITY : usedAt + idleMs)

const tokenEndsAt = ({ madeAt, replacedAt }: SessionTimes, { tokenMs }: SessionRules): Instant =>
  replacedAt === null ? madeAt + tokenMs : replacedAt + overlapMs

/** Until when a token is good for what it is good for now. */
export const tokenGoodUntil = (times: SessionTimes, rules: SessionRules): Instant =>
  Math.min(sessionEndsAt(times, rules), tokenEndsAt(times, rules))

/** What a token is good for: everything, being exchanged alone (`stale`), or nothing (`expired`). */
export function standingOf(times: SessionTimes, rules: SessionRules, now: Instant): 'good' | 'stale' | 'expired' {
  if (now >= sessionEndsAt(times, rules)) return 'expired'
  return now >= tokenEndsAt(times, rules) ? 'stale' : 'good'
}

/** Whether the use of a device is to be noted anew. */
export const isUseDue = (usedAt: Instant | null, now: Instant): boolean => usedAt === null || now - usedAt >= useKeptMs
