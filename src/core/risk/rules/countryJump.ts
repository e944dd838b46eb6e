import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** A country that is new to this person, sooner after another one than one travels, to and fro, or from a computer that is new as well. */
export const countryJump: Rule<{
  readonly countryKnownDays: Ramp
  readonly alone: number
  readonly hoursSinceElsewhere: Ramp
  readonly tooSoon: number
  readonly moves: Ramp
  readonly toAndFro: number
  readonly installationKnownDays: Ramp
  readonly newDevice: number
}> = {
  points: (facts, at) => {
    const strange = rise(facts.countryKnownDays, at.countryKnownDays)
    const soon = rise(facts.hoursSinceElsewhere, at.hoursSinceElsewhere)
    const device = rise(facts.installationKnownDays, at.installationKnownDays)
    return strange * (at.alone + at.tooSoon * soon + at.newDevice * device) + at.toAndFro * rise(facts.moves, at.moves)
  },
  detail: ({ hoursSinceElsewhere }, { country }) => ({
    country: country ?? '',
    hours: hoursSinceElsewhere < 72 ? rounded(hoursSinceElsewhere) : 'none',
  }),
}
