import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** Money that came in and goes on at once: from people who never sent any, or more than ever came; worse where the account is young. */
export const mulePattern: Rule<{
  readonly passedOn: Ramp
  readonly hoursSinceIn: Ramp
  readonly newPayersIn: Ramp
  readonly strangers: number
  readonly timesLargestIn: Ramp
  readonly muchIn: number
  readonly payeeKnownDays: Ramp
  readonly newPayee: number
  readonly accountAgeDays: Ramp
  readonly young: number
}> = {
  points: (facts, at) => {
    const strangers = rise(facts.newPayersIn, at.newPayersIn)
    const muchIn = rise(facts.timesLargestIn, at.timesLargestIn)
    const either = Math.max(strangers, muchIn)
    return (
      rise(facts.passedOn, at.passedOn) *
      rise(facts.hoursSinceIn, at.hoursSinceIn) *
      (at.strangers * strangers +
        at.muchIn * muchIn +
        at.newPayee * either * rise(facts.payeeKnownDays, at.payeeKnownDays) +
        at.young * either * rise(facts.accountAgeDays, at.accountAgeDays))
    )
  },
  detail: ({ passedOn, hoursSinceIn, newPayersIn }) => ({
    percent: rounded(Math.min(1, passedOn) * 100),
    hours: rounded(hoursSinceIn),
    payers: rounded(newPayersIn),
  }),
}
