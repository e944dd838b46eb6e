import type { Instant } from '#core/ledger/command.ts'

/** Whose profile it is: `core/risk/profiles.ts`. */
export type ProfileOf = 'holder' | 'payee' | 'installation'

/** What the risk engine knows of somebody, as bounded JSON. */
export interface RiskProfiles {
  find(of: ProfileOf, id: string): Promise<string | undefined>
  /** `renewed` makes it from what stands there by then; in a transaction that several share it may be more than what was found. */
  renew(of: ProfileOf, id: string, renewed: (before: string | undefined) => string): Promise<void>
}

/**
 * asked: the person was to confirm it, and has not. confirmed: they did. waiting: held until an operator decides. approved, refused: by operators, or
 * refused at once. denied: the person said that it was not them. lapsed: nobody decided in time.
 */
export type RiskCaseState = 'asked' | 'confirmed' | 'waiting' | 'approved' | 'refused' | 'denied' | 'lapsed'

/** A payment that was not simply allowed, with the evidence as it was seen. Its id is the payment's. */
export type RiskCase = {
  readonly id: string
  readonly holderId: string
  readonly deviceId: string
  readonly at: Instant
  readonly ruleSet: number
  readonly score: number
  readonly decision: string
  /** What the rules saw, as JSON: rule, points, detail. */
  readonly reasons: string
  /** Who is paid, how much, from where: as JSON. */
  readonly payment: string
  readonly state: RiskCaseState
  /** The ledger's hold while the money is set aside. */
  readonly holdId: string | null
  /** Until when an operator can decide; null where none has to. */
  readonly endsAt: Instant | null
  /** The first of two operators who approve it. */
  readonly approvedBy: string | null
  /** What the person said of it. */
  readonly answer: 'me' | 'not_me' | null
}

export type RiskNote = { readonly id: string; readonly caseId: string; readonly at: Instant; readonly by: string; readonly text: string }

/** Where the rule set in the shadow would have decided otherwise than the one that decides. */
export type RiskDifference = {
  readonly paymentId: string
  readonly at: Instant
  readonly ruleSet: number
  readonly decision: string
  readonly shadowSet: number
  readonly shadowDecision: string
  readonly shadowScore: number
}

/** Which rule set decides, and which one judges beside it. */
export type RiskRole = 'active' | 'shadow'

export interface RiskCases {
  add(one: RiskCase): Promise<void>
  find(id: string): Promise<RiskCase | undefined>
  save(one: RiskCase): Promise<void>
  /** Those that wait for an operator, with an id above `after`, oldest first. */
  waiting(after: string, limit: number): Promise<readonly RiskCase[]>
  /** Waiting ones whose time is over at `now`, oldest first. */
  overdue(now: Instant, limit: number): Promise<readonly RiskCase[]>
  /** The version in this role; undefined where none was chosen. */
  inUse(role: RiskRole): Promise<number | undefined>
  use(role: RiskRole, version: number): Promise<void>
  note(note: RiskNote): Promise<void>
  notes(caseId: string): Promise<readonly RiskNote[]>
  differ(difference: RiskDifference): Promise<void>
  /** With an id above `after`, of this pair of rule sets. */
  differences(ruleSet: number, shadowSet: number, after: string, limit: number): Promise<readonly RiskDifference[]>
}

export type RiskRepositories = { readonly riskProfiles: RiskProfiles; readonly riskCases: RiskCases }
