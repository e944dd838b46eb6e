import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** An hour at which this person does not pay; worse with a sum or a payee that is strange too. */
export const night: Rule<{
  readonly hourUsual: Ramp
  readonly alone: number
  readonly timesLargest: Ramp
  readonly large: number
  readonly payeeKnownDays: Ramp
  readonly newPayee: number
}> = {
  points: (facts, at) =>
    rise(facts.hourUsual, at.hourUsual) *
    (at.alone + at.large * rise(facts.timesLargest, at.timesLargest) + at.newPayee * rise(facts.payeeKnownDays, at.payeeKnownDays)),
  detail: (_, { localHour }) => ({ hour: rounded(localHour) }),
}
