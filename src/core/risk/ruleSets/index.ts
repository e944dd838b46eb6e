import type { RuleSet } from './ruleSet.ts'
import { version1 } from './version1.ts'
import { version2 } from './version2.ts'

/** Decides. */
export const activeRuleSet: RuleSet = version1
/** Judges beside it, so that its effect is known before it decides. */
export const shadowRuleSet: RuleSet = version2
