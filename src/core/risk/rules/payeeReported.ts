import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** Others say that this payee is a fraud. A shop with thousands of customers is reported now and then, so that it counts for how many one report is. */
export const payeeReported: Rule<{
  readonly payeeReports: Ramp
  readonly payersPerReport: Ramp
  readonly reported: number
  readonly payeeKnownDays: Ramp
  readonly newPayee: number
}> = {
  points: (facts, at) =>
    rise(facts.payeeReports, at.payeeReports) *
    rise(facts.payersPerReport, at.payersPerReport) *
    (at.reported + at.newPayee * rise(facts.payeeKnownDays, at.payeeKnownDays)),
  detail: ({ payeeReports }) => ({ count: rounded(payeeReports) }),
}
