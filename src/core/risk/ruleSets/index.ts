import type { RuleSet } from './ruleSet.ts'
import { version1 } from './version1.ts'
import { version2 } from './version2.ts'
import { watching } from './watching.ts'

/** Every rule set, by its version. One that was used stays: what it decided can be looked up. */
const ruleSets: readonly RuleSet[] = [watching, version1, version2]

export const ruleSetOf = (version: number): RuleSet | undefined => ruleSets.find(one => one.version === version)

/** Decides until an operator chooses another. */
export const activeRuleSet: RuleSet = version1
/** Judges beside it, so that its effect is known before it decides. */
export const shadowRuleSet: RuleSet = version2
