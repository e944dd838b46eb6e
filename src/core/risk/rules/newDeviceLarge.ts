import { type Ramp, rise } from '../ramp.ts'
import { inEuro, type Rule, rounded } from '../rule.ts'

/** A computer that is new to the account, and then a large payment or one to a payee who is new too. */
export const newDeviceLarge: Rule<{
  readonly installationKnownDays: Ramp
  readonly alone: number
  readonly eur: Ramp
  readonly timesLargest: Ramp
  readonly large: number
  readonly payeeKnownDays: Ramp
  readonly newPayee: number
}> = {
  points: (facts, at) =>
    rise(facts.installationKnownDays, at.installationKnownDays) *
    (at.alone +
      at.large * rise(facts.eur, at.eur) * rise(facts.timesLargest, at.timesLargest) +
      at.newPayee * rise(facts.payeeKnownDays, at.payeeKnownDays)),
  detail: ({ eur, installationKnownDays }) => ({ eurAmount: inEuro(eur), hours: rounded(installationKnownDays * 24) }),
}
