import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** Payment after payment that just stays below what one may pay at once. */
export const structuring: Rule<{
  readonly nearLimit: Ramp
  readonly repeated: number
  readonly timesLargestDay: Ramp
  readonly much: number
}> = {
  points: (facts, at) => {
    const repeated = rise(facts.nearLimit, at.nearLimit)
    return repeated * (at.repeated + at.much * rise(facts.timesLargestDay, at.timesLargestDay))
  },
  detail: ({ nearLimit }) => ({ count: rounded(nearLimit) }),
}
