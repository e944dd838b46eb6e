import type { AskedPayment } from './event.ts'
import { type Facts, factsOf } from './facts.ts'
import type { Profiles } from './profiles.ts'
import type { ReasonDetail } from './rule.ts'
import type { RuleSet } from './ruleSets/ruleSet.ts'
import { type RuleName, ruleNames, rules } from './rules/index.ts'

/** `challenge`: the person confirms it by a second factor; `hold`: an operator looks at it first; `refuse`: it does not happen. */
export type Decision = 'allow' | 'challenge' | 'hold' | 'refuse'

/** Why a payment got points, and how many. Told by `sayRiskReason`. */
export type Reason = { readonly rule: RuleName; readonly points: number; readonly detail: ReasonDetail }

export type Judgement = {
  /** The sum of the reasons' points. */
  readonly score: number
  readonly decision: Decision
  /** Those with points, the weightiest first. */
  readonly reasons: readonly Reason[]
}

/** Judges a payment by what is known of its holder, payee and installation. Pure; the profiles are those before the payment. */
export function judge(profiles: Profiles, payment: AskedPayment, ruleSet: RuleSet): Judgement {
  const facts = factsOf(profiles, payment)
  const reasons = ruleNames
    .map(rule => ({ rule, points: pointsOf(rule, facts, ruleSet) }))
    .filter(({ points }) => points > 0)
    .map(reason => ({ ...reason, detail: rules[reason.rule].detail(facts, payment) }))
    .sort((a, b) => b.points - a.points)
  const score = reasons.reduce((sum, { points }) => sum + points, 0)
  return { score, decision: decisionOf(score, ruleSet), reasons }
}

/** Whole points of one rule. */
export const pointsOf = <Name extends RuleName>(name: Name, facts: Facts, { thresholds }: Pick<RuleSet, 'thresholds'>): number =>
  Math.round(rules[name].points(facts, thresholds[name]))

/** The decision for a score; the score that a decision is named with is enough for it. */
export function decisionOf(score: number, { decisions }: Pick<RuleSet, 'decisions'>): Decision {
  if (score >= decisions.refuse) return 'refuse'
  if (score >= decisions.hold) return 'hold'
  return score >= decisions.challenge ? 'challenge' : 'allow'
}
