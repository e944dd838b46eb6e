import { type Ramp, rise } from '../ramp.ts'
import { inEuro, type Rule, rounded } from '../rule.ts'

/** More at once, or on a day, than this person pays. */
export const amountHistory: Rule<{
  readonly eur: Ramp
  readonly timesLargest: Ramp
  readonly largest: number
  readonly deviation: Ramp
  readonly unusual: number
  readonly timesLargestDay: Ramp
  readonly day: number
}> = {
  points: (facts, at) =>
    rise(facts.eur, at.eur) *
    (at.largest * rise(facts.timesLargest, at.timesLargest) +
      at.unusual * rise(facts.deviation, at.deviation) +
      at.day * rise(facts.timesLargestDay, at.timesLargestDay)),
  detail: ({ eur, timesLargest, timesLargestDay }) => ({
    eurAmount: inEuro(eur),
    times: rounded(timesLargest),
    dayTimes: rounded(timesLargestDay),
  }),
}
