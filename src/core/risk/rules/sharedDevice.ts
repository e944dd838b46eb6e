import { type Ramp, rise } from '../ramp.ts'
import { type Rule, rounded } from '../rule.ts'

/** One computer on which many accounts are used, that came lately, or on which payments were not confirmed. */
export const sharedDevice: Rule<{
  readonly othersOnInstallation: Ramp
  readonly many: number
  readonly newOthersOnInstallation: Ramp
  readonly lately: number
  readonly stoppedOnInstallation: Ramp
  readonly stopped: number
}> = {
  points: (facts, at) =>
    at.many * rise(facts.othersOnInstallation, at.othersOnInstallation) +
    at.lately * rise(facts.newOthersOnInstallation, at.newOthersOnInstallation) +
    at.stopped * rise(facts.stoppedOnInstallation, at.stoppedOnInstallation),
  detail: ({ othersOnInstallation, stoppedOnInstallation }) => ({
    count: rounded(othersOnInstallation),
    stopped: rounded(stoppedOnInstallation),
  }),
}
