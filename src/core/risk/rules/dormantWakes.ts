import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** An account that was silent for longer than its person ever is; worse with a large payment, a payee or a computer that is new. */
export const dormantWakes: Rule<{
  readonly sleptDays: Ramp
  readonly timesUsualGap: Ramp
  readonly alone: number
  readonly timesLargest: Ramp
  readonly large: number
  readonly payeeKnownDays: Ramp
  readonly newPayee: number
  readonly installationKnownDays: Ramp
  readonly newDevice: number
}> = {
  points: (facts, at) =>
    rise(facts.sleptDays, at.sleptDays) *
    rise(facts.timesUsualGap, at.timesUsualGap) *
    (at.alone +
      at.large * rise(facts.timesLargest, at.timesLargest) +
      at.newPayee * rise(facts.payeeKnownDays, at.payeeKnownDays) +
      at.newDevice * rise(facts.installationKnownDays, at.installationKnownDays)),
  detail: ({ sleptDays }) => ({ days: rounded(sleptDays) }),
}
