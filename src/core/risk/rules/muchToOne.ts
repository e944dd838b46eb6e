import { type Ramp, rise } from '../ramp.ts'
import { inEuro, type Rule, rounded } from '../rule.ts'

/**
 * Over weeks, more goes to one payee than this person spends on all others, and more than they ever gave that one; worse where hardly anybody else pays there.
 * How each single payment looks does not matter: whoever is talked into it pays willingly, from their own computer, to somebody they know by now.
 */
export const muchToOne: Rule<{
  readonly monthToPayee: Ramp
  readonly timesUsualMonth: Ramp
  readonly timesOwnMonth: Ramp
  readonly payeePayers: Ramp
  readonly anywhere: number
  readonly unproven: number
  readonly person: number
}> = {
  points: (facts, at) =>
    rise(facts.monthToPayee, at.monthToPayee) *
    rise(facts.timesUsualMonth, at.timesUsualMonth) *
    rise(facts.timesOwnMonth, at.timesOwnMonth) *
    (at.anywhere + rise(facts.payeePayers, at.payeePayers) * (at.unproven + at.person * facts.payeeIsPerson)),
  detail: ({ monthToPayee, timesUsualMonth, payeePayers }) => ({
    eurAmount: inEuro(monthToPayee),
    times: rounded(timesUsualMonth),
    payers: rounded(payeePayers),
  }),
}
