import { belowTheLimit, groomed, safeAccount, sleeper, takesFromMany, testedFirst } from './deceit.ts'
import type { Fraud } from './fraud.ts'
import { changedAccount } from './heldOut.ts'
import { mule, oneComputer } from './rings.ts'
import { atNight, burst, elsewhere, guessed, newComputer, outOfCharacter } from './takeover.ts'

/** Each kind of fraud that is planted. To add one: a function and a line here. */
export const frauds: Readonly<Record<string, Fraud>> = {
  burst,
  outOfCharacter,
  safeAccount,
  newComputer,
  atNight,
  elsewhere,
  testedFirst,
  mule,
  sleeper,
  belowTheLimit,
  guessed,
  takesFromMany,
  oneComputer,
  groomed,
}

/** What no rule was written for. */
export const heldOut: Readonly<Record<string, Fraud>> = { changedAccount }
