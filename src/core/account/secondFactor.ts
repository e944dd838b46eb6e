import type { Instant } from '../ledger/command.ts'

/** How somebody proves that it is them, the strongest first. A code by mail is the weakest: whoever reads the mail has it. */
export const ways = ['app', 'recovery', 'mail'] as const
export type Way = (typeof ways)[number]

/** A challenge is good for ten minutes and five tries. */
export const challengeLifeMs = 600_000
export const challengeTries = 5

/** What a person has turned on. */
export type Factors = { readonly hasApp: boolean; readonly hasMail: boolean; readonly recoveryLeft: number }

/** Recovery codes stand in for the app, so they are nothing without it. */
export const waysOf = ({ hasApp, hasMail, recoveryLeft }: Factors): readonly Way[] =>
  ways.filter(way => (way === 'app' ? hasApp : way === 'mail' ? hasMail : hasApp && recoveryLeft > 0))

/** Payments worth more ask for a code, in euro cents: the highest that a person can choose, and what holds until they do. */
export const highestLine = 100_000n

export const asksFactor = (factors: Factors, line: bigint, eurMinor: bigint): boolean => waysOf(factors).length > 0 && eurMinor > line

/** A code of an authenticator app changes each 30 s (RFC 6238); one step before and after the present one counts too. */
export const stepSeconds = 30
const stepTolerance = 1

/** The time step of a moment. */
export const stepAt = (now: Instant): number => Math.floor(now / 1000 / stepSeconds)

/** The steps that a code may be of, oldest first: those about `now` that come after the last one that was used. A code is good once. */
export function openSteps(now: Instant, lastStep: number): readonly number[] {
  const present = stepAt(now)
  const all = Array.from({ length: 2 * stepTolerance + 1 }, (_, index) => present - stepTolerance + index)
  return all.filter(step => step > lastStep)
}

export const recoveryCount = 10
/** Fifty bits: ten characters of Crockford base 32, shown in two groups. */
export const recoveryLength = 10
export const recoveryText = (code: string): string => `${code.slice(0, recoveryLength / 2)}-${code.slice(recoveryLength / 2)}`

const yearMs = 365 * 86_400_000

/** After a year the person is told how old their password is; nothing depends on it. */
export const isPasswordOld = (changedAt: Instant, now: Instant): boolean => now - changedAt >= yearMs

/** A new password without a second factor holds after a day, in which every device and the mail can stop it. */
export const resetWaitMs = 86_400_000
