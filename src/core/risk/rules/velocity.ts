import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** More payments in an hour or a day than this person makes, or more payees at once that they never paid. */
export const velocity: Rule<{
  readonly inTenMinutes: Ramp
  readonly rush: number
  readonly inHour: Ramp
  readonly timesBusiestHour: Ramp
  readonly inDay: Ramp
  readonly timesBusiestDay: Ramp
  readonly pace: number
  readonly newPayeesInDay: Ramp
  readonly newPayees: number
}> = {
  points: (facts, at) => {
    const hour = rise(facts.inHour, at.inHour) * rise(facts.timesBusiestHour, at.timesBusiestHour)
    const day = rise(facts.inDay, at.inDay) * rise(facts.timesBusiestDay, at.timesBusiestDay)
    return (
      at.rush * rise(facts.inTenMinutes, at.inTenMinutes) +
      at.pace * Math.max(hour, day) +
      at.newPayees * rise(facts.newPayeesInDay, at.newPayeesInDay)
    )
  },
  detail: ({ inHour, inDay, newPayeesInDay }) => ({ hour: rounded(inHour), day: rounded(inDay), newPayees: rounded(newPayeesInDay) }),
}
