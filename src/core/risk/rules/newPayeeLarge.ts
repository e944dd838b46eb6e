import { type Ramp, rise } from '../ramp.ts'
import { inEuro, type Rule, rounded } from '../rule.ts'

/** A large payment to somebody whom this person never paid, or never so much; worse where few others did, and where it is a person. */
export const newPayeeLarge: Rule<{
  readonly payeeKnownDays: Ramp
  readonly timesLargestToPayee: Ramp
  readonly eur: Ramp
  readonly timesLargestToNew: Ramp
  readonly large: number
  readonly deviationToNew: Ramp
  readonly unusual: number
  readonly payeePayers: Ramp
  readonly unproven: number
  readonly person: number
}> = {
  points: (facts, at) =>
    Math.max(rise(facts.payeeKnownDays, at.payeeKnownDays), rise(facts.timesLargestToPayee, at.timesLargestToPayee)) *
    rise(facts.eur, at.eur) *
    (at.large * rise(facts.timesLargestToNew, at.timesLargestToNew) +
      rise(facts.deviationToNew, at.deviationToNew) *
        (at.unusual + at.unproven * rise(facts.payeePayers, at.payeePayers) + at.person * facts.payeeIsPerson)),
  detail: ({ eur, payeePayers }) => ({ eurAmount: inEuro(eur), payers: rounded(payeePayers) }),
}
