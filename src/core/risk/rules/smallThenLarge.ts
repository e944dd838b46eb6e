import { type Ramp, rise } from '../ramp.ts'
import { inEuro, type Rule, rounded } from '../rule.ts'

/** Several small payments, and then one that is many times larger: a stolen way in is tried before it is used. */
export const smallThenLarge: Rule<{
  readonly smallBefore: Ramp
  readonly timesLargest: Ramp
  readonly small: number
  readonly smallToNewBefore: Ramp
  readonly deviation: Ramp
  readonly smallToNew: number
}> = {
  points: (facts, at) =>
    at.small * rise(facts.smallBefore, at.smallBefore) * rise(facts.timesLargest, at.timesLargest) +
    at.smallToNew * rise(facts.smallToNewBefore, at.smallToNewBefore) * rise(facts.deviation, at.deviation),
  detail: ({ smallBefore, eur }) => ({ count: rounded(smallBefore), eurAmount: inEuro(eur) }),
}
