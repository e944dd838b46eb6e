import type { RuleSet } from './ruleSet.ts'
import { version1 } from './version1.ts'

/** Judges by the first set and stops nothing: for a service that is new and learns what its people do, and for one that is measured by machines that pay. */
export const watching: RuleSet = { ...version1, version: 0, decisions: { challenge: Infinity, hold: Infinity, refuse: Infinity } }
