import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** Wrong codes or passwords before the payment: somebody was guessing. */
export const failedCodes: Rule<{
  readonly failedCodesInHour: Ramp
  readonly hour: number
  readonly failedCodesInDay: Ramp
  readonly day: number
}> = {
  points: (facts, at) =>
    at.hour * rise(facts.failedCodesInHour, at.failedCodesInHour) + at.day * rise(facts.failedCodesInDay, at.failedCodesInDay),
  detail: ({ failedCodesInDay }) => ({ count: rounded(failedCodesInDay) }),
}
