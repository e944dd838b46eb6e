import type { Rule } from '../rule.ts'
import { amountHistory } from './amountHistory.ts'
import { countryJump } from './countryJump.ts'
import { dormantWakes } from './dormantWakes.ts'
import { failedCodes } from './failedCodes.ts'
import { muchToOne } from './muchToOne.ts'
import { mulePattern } from './mulePattern.ts'
import { newDeviceLarge } from './newDeviceLarge.ts'
import { newPayeeLarge } from './newPayeeLarge.ts'
import { night } from './night.ts'
import { payeeReported } from './payeeReported.ts'
import { sharedDevice } from './sharedDevice.ts'
import { smallThenLarge } from './smallThenLarge.ts'
import { structuring } from './structuring.ts'
import { velocity } from './velocity.ts'

/** Every rule, by the name under which a reason and its sentence tell it. To add one: one file, one line here. */
const written = {
  velocity,
  amount_history: amountHistory,
  new_payee_large: newPayeeLarge,
  new_device_large: newDeviceLarge,
  night,
  country_jump: countryJump,
  small_then_large: smallThenLarge,
  much_to_one: muchToOne,
  mule_pattern: mulePattern,
  dormant_wakes: dormantWakes,
  structuring,
  failed_codes: failedCodes,
  payee_reported: payeeReported,
  shared_device: sharedDevice,
}

export type RuleName = keyof typeof written
/** The thresholds of every rule. */
export type Thresholds = { readonly [Name in RuleName]: (typeof written)[Name] extends Rule<infer Own> ? Own : never }

export const rules: { readonly [Name in RuleName]: Rule<Thresholds[Name]> } = written

const isRuleName = (name: string): name is RuleName => Object.hasOwn(rules, name)
export const ruleNames: readonly RuleName[] = Object.keys(rules).filter(isRuleName)
