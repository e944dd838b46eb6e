import type { Thresholds } from '../rules/index.ts'

/** The numbers by which payments are judged, as data. A set that was used is never changed: another one gets the next version. */
export type RuleSet = {
  readonly version: number
  /** From how many points on it is asked, held, refused. */
  readonly decisions: { readonly challenge: number; readonly hold: number; readonly refuse: number }
  readonly thresholds: Thresholds
}
