import type { RuleSet } from './ruleSet.ts'
import { version1 } from './version1.ts'

/** Asks a little sooner where a payee is new or a computer is, and later where somebody only pays more often than before. */
export const version2: RuleSet = {
  ...version1,
  version: 2,
  thresholds: {
    ...version1.thresholds,
    velocity: { ...version1.thresholds.velocity, timesBusiestDay: [1.5, 4] },
    new_payee_large: { ...version1.thresholds.new_payee_large, large: version1.thresholds.new_payee_large.large + 5 },
    new_device_large: { ...version1.thresholds.new_device_large, alone: version1.thresholds.new_device_large.alone + 5 },
  },
}
