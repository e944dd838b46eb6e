import type { Instant } from '#core/ledger/command.ts'
import type { Order } from '#core/payment/order.ts'
import type { AskedPayment } from '#core/risk/event.ts'
import { type Decision, type Judgement, judge } from '#core/risk/judge.ts'
import { hourIn } from '#core/risk/review.ts'
import { activeRuleSet, ruleSetOf, shadowRuleSet } from '#core/risk/ruleSets/index.ts'
import type { RuleSet } from '#core/risk/ruleSets/ruleSet.ts'
import type { RiskRole } from '#storage/riskRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { profilesFor } from './learn.ts'

/** What a payment looks like, and by which rule sets. `device`: the one that asks for it. */
export type RiskJudged = {
  readonly asked: AskedPayment
  readonly judgement: Judgement
  readonly ruleSet: number
  readonly shadow: { readonly ruleSet: number; readonly score: number; readonly decision: Decision }
}

type Wish = {
  readonly id: string
  readonly holder: Holder
  readonly deviceId: string
  readonly order: Order
  readonly eurMinor: bigint
  readonly perPayment: bigint
  readonly now: Instant
}

const standard: Readonly<Record<RiskRole, RuleSet>> = { active: activeRuleSet, shadow: shadowRuleSet }

/** The rule set in a role; the standard one where none was chosen, or where this build has not the one that was. */
export async function ruleSetIn(tx: Tx, role: RiskRole): Promise<RuleSet> {
  const version = await tx.riskCases.inUse(role)
  return (version === undefined ? undefined : ruleSetOf(version)) ?? standard[role]
}

/** Judges a payment by what the book knows, and by nothing else: the same book gives the same judgement. */
export async function judgeRisk(tx: Tx, { id, holder, deviceId, order, eurMinor, perPayment, now }: Wish): Promise<RiskJudged> {
  const [device, active, shadow] = await Promise.all([tx.devices.find(deviceId), ruleSetIn(tx, 'active'), ruleSetIn(tx, 'shadow')])
  const asked: AskedPayment = {
    what: 'payment',
    ...{ id, at: now, holder: holder.id, payee: order.shop.id, payeeKind: 'shop', eurMinor, perPayment },
    installation: device?.installation ?? deviceId,
    country: device?.country ?? null,
    localHour: hourIn(holder.timeZone, now),
  }
  const profiles = await profilesFor(tx, asked)
  const { score, decision } = judge(profiles, asked, shadow)
  return {
    asked,
    judgement: judge(profiles, asked, active),
    ruleSet: active.version,
    shadow: { ruleSet: shadow.version, score, decision },
  }
}

/** Keeps where the shadow would have decided otherwise, so that its effect is known before it decides. */
export async function noteDifference(tx: Tx, { asked, judgement, ruleSet, shadow }: RiskJudged): Promise<void> {
  if (judgement.decision === shadow.decision) return
  await tx.riskCases.differ({
    ...{ paymentId: asked.id, at: asked.at, ruleSet, decision: judgement.decision },
    ...{ shadowSet: shadow.ruleSet, shadowDecision: shadow.decision, shadowScore: shadow.score },
  })
}
