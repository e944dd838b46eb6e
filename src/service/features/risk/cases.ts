import type { RiskAlert, RiskReason } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import { toDecimal } from '#core/money/amount.ts'
import type { Reason } from '#core/risk/judge.ts'
import { reviewMs } from '#core/risk/review.ts'
import type { RiskCase, RiskCaseState } from '#storage/riskRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import type { RiskJudged } from './judgeRisk.ts'

/** Of a payment what somebody who looks at it needs. Sums as decimals. */
export type Evidence = {
  readonly shop: { readonly id: string; readonly name: string }
  readonly amount: RiskAlert['amount']
  readonly eurMinor: string
  readonly perPayment: string
  readonly installation: string
  readonly country: string | null
  readonly localHour: number
}

export const evidenceOf = ({ payment }: RiskCase): Evidence => JSON.parse(payment)
export const weighedReasons = ({ reasons }: RiskCase): readonly Reason[] => JSON.parse(reasons)

/** Reasons as they are told to the holder: without their points. */
export const toldReasons = (reasons: readonly Pick<Reason, 'rule' | 'detail'>[]): RiskReason[] =>
  reasons.map(({ rule, detail }) => ({ rule, detail: { ...detail } }))

async function alertOf(tx: Tx, one: RiskCase): Promise<RiskAlert> {
  const { shop, amount } = evidenceOf(one)
  const { id, at, state, endsAt, answer, deviceId } = one
  const name = (await tx.devices.find(deviceId))?.name ?? ''
  return {
    ...{ id, at: iso(at), state, shop: shop.name, amount, answer },
    device: { id: deviceId, name },
    reasons: toldReasons(weighedReasons(one)),
    endsAt: endsAt === null ? null : iso(endsAt),
  }
}

/** Tells every device of the holder how it stands. */
export async function tellCase(tx: Tx, one: RiskCase, now: Instant): Promise<RiskAlert> {
  const alert = await alertOf(tx, one)
  await appendFeed(tx, one.holderId, { type: 'risk', alert }, now)
  return alert
}

type Opening = {
  readonly holder: Holder
  readonly deviceId: string
  readonly shop: Evidence['shop']
  readonly amount: { readonly currency: RiskAlert['amount']['currency']; readonly minor: bigint }
  readonly risk: RiskJudged
  readonly state: RiskCaseState
  readonly holdId?: string
}

/**
 * Keeps a payment that was not simply allowed, and tells its holder on every device; by mail too, unless they have just confirmed it. One whose code was
 * asked for already is told of once, and then as what became of it.
 */
export async function openCase(
  tx: Tx,
  ports: Pick<ServicePorts, 'ids' | 'mailer' | 'config'>,
  { holder, deviceId, shop, amount, risk, state, holdId }: Opening,
): Promise<void> {
  const { asked, judgement, ruleSet } = risk
  const { at, id, installation, country, localHour } = asked
  const before = await tx.riskCases.find(id)
  if (before && state === 'asked') return
  const told = { currency: amount.currency, value: toDecimal(amount) }
  const evidence: Evidence = {
    ...{ shop: { id: shop.id, name: shop.name }, amount: told, installation, country, localHour },
    ...{ eurMinor: String(asked.eurMinor), perPayment: String(asked.perPayment) },
  }
  const one: RiskCase = {
    ...{ id, holderId: holder.id, deviceId, at, ruleSet, score: judgement.score, decision: judgement.decision, state },
    ...{ reasons: JSON.stringify(judgement.reasons), payment: JSON.stringify(evidence), approvedBy: null, answer: null },
    holdId: holdId ?? null,
    endsAt: state === 'waiting' ? at + reviewMs : null,
  }
  await (before ? tx.riskCases.save(one) : tx.riskCases.add(one))
  await tellCase(tx, one, at)
  if (state === 'confirmed') return
  const reasons = toldReasons(judgement.reasons)
  const letter = {
    kind: 'riskAlert',
    name: holder.name,
    state,
    amount: told,
    shop: shop.name,
    reasons,
    at,
    timeZone: holder.timeZone,
  } as const
  await enqueueMail(tx, ports, holder, letter, at)
}
