import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { needsTwo } from '#core/risk/review.ts'
import { ruleSetOf } from '#core/risk/ruleSets/index.ts'
import type { RiskCase } from '#storage/riskRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandler, RouteHandlers, RouteOutput, ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { evidenceOf, tellCase, weighedReasons } from './cases.ts'
import { ruleSetIn } from './judgeRisk.ts'
import { captureWaiting, releaseWaiting } from './settle.ts'

const pageRows = 100

const object = ({ id }: Pick<RiskCase, 'id'>): string => `payment:${id}`

async function queuedWire(tx: Tx, one: RiskCase): Promise<RouteOutput<'riskQueue'>['cases'][number]> {
  const { shop, amount, eurMinor } = evidenceOf(one)
  const { id, score, approvedBy, answer } = one
  const email = (await tx.holders.find(one.holderId))?.email ?? ''
  const times = { at: iso(one.at), endsAt: one.endsAt === null ? null : iso(one.endsAt) }
  return { id, ...times, email, shop: shop.name, amount, score, needsTwo: needsTwo(BigInt(eurMinor)), approvedBy, answer }
}

async function evidenceWire(tx: Tx, one: RiskCase): Promise<RouteOutput<'riskCase'>> {
  const { country, localHour } = evidenceOf(one)
  const device = await tx.devices.find(one.deviceId)
  const notes = await tx.riskCases.notes(one.id)
  return {
    ...(await queuedWire(tx, one)),
    ...{ state: one.state, ruleSet: one.ruleSet, country, localHour },
    reasons: weighedReasons(one).map(({ rule, points, detail }) => ({ rule, points, detail: { ...detail } })),
    device: { name: device?.name ?? '', system: device?.system ?? '', addedAt: iso(device?.addedAt ?? one.at) },
    notes: notes.map(({ at, by: who, text }) => ({ at: iso(at), by: who, text })),
  }
}

/** Tells the holder what became of a payment that waited. */
export async function tellDecision(tx: Tx, ports: ServicePorts, one: RiskCase, now: Instant): Promise<void> {
  await tellCase(tx, one, now)
  const holder = await tx.holders.find(one.holderId)
  if (!holder) return
  const { shop, amount } = evidenceOf(one)
  const what = one.state === 'approved' ? 'approved' : one.state === 'lapsed' ? 'lapsed' : 'refused'
  await enqueueMail(tx, ports, holder, { kind: 'riskDecided', name: holder.name, what, amount, shop: shop.name }, now)
}

/** Lifting what protects an account takes two operators where it is large. Declines: second_operator. */
function approvable(one: RiskCase, operator: string, { securityHoldSince }: Holder): Outcome<'first' | 'last'> {
  // An account that was stopped since pays nothing, whoever approves it.
  if (securityHoldSince !== null) return no('security_hold')
  if (!needsTwo(BigInt(evidenceOf(one).eurMinor))) return ok('last')
  if (one.approvedBy === null) return ok('first')
  return one.approvedBy === operator ? no('second_operator') : ok('last')
}

const decide: RouteHandler<'riskDecide'> = (ports, { by }, { id, approve }) =>
  ports.store.write(async tx => {
    const now = ports.clock()
    const found = await tx.riskCases.find(id)
    // The holder first, as everywhere.
    const holder = found && (await tx.holders.find(found.holderId))
    const one = holder && (await tx.riskCases.find(id))
    if (!one) return no('not_found')
    if (one.state !== 'waiting' || (one.endsAt ?? now) <= now) return no('risk_decided')
    const audited = (act: 'risk.approved' | 'risk.approved_first' | 'risk.refused') =>
      tx.audit.append({ at: now, by, act, object: object(one), detail: { holder: one.holderId } })
    if (!approve) {
      const refused = await releaseWaiting(tx, ports, one, 'refused', now)
      await audited('risk.refused')
      await tellDecision(tx, ports, refused, now)
      return ok({ state: refused.state, approvedBy: refused.approvedBy })
    }
    const turn = approvable(one, by, holder)
    if (!turn.ok) return turn
    if (turn.value === 'first') {
      await tx.riskCases.save({ ...one, approvedBy: by })
      await audited('risk.approved_first')
      return ok({ state: one.state, approvedBy: by })
    }
    const approved = await captureWaiting(tx, ports, one, now)
    await audited('risk.approved')
    await tellDecision(tx, ports, approved, now)
    return ok({ state: approved.state, approvedBy: approved.approvedBy })
  })

const use: RouteHandler<'riskUse'> = (ports, { by }, { version, role }) =>
  ports.store.write(async tx => {
    if (!ruleSetOf(version)) return no('not_found')
    const before = await ruleSetIn(tx, role)
    await tx.riskCases.use(role, version)
    const detail = { role, version: String(version), before: String(before.version) }
    await tx.audit.append({ at: ports.clock(), by, act: 'risk.rule_set', object: 'service', detail })
    return ok({ active: (await ruleSetIn(tx, 'active')).version, shadow: (await ruleSetIn(tx, 'shadow')).version })
  })

/** What operators do about payments that were not simply allowed. */
export const riskDesk: RouteHandlers = {
  riskQueue: ({ store }, _caller, { after }) =>
    store.read(async tx => {
      const found = await tx.riskCases.waiting(after, pageRows)
      const cases = await Promise.all(found.map(one => queuedWire(tx, one)))
      return ok({ cases, next: found.length < pageRows ? null : (found.at(-1)?.id ?? null) })
    }),
  riskCase: ({ store }, _caller, { id }) =>
    store.read(async tx => {
      const one = await tx.riskCases.find(id)
      return one ? ok(await evidenceWire(tx, one)) : no('not_found')
    }),
  riskDecide: decide,
  riskNote: (ports, { by }, { id, text }) =>
    ports.store.write(async tx => {
      const one = await tx.riskCases.find(id)
      if (!one) return no('not_found')
      const now = ports.clock()
      await tx.riskCases.note({ id: ports.ids(), caseId: id, at: now, by, text })
      await tx.audit.append({ at: now, by, act: 'risk.noted', object: object(one), detail: {} })
      return ok({ notes: (await tx.riskCases.notes(id)).length })
    }),
  riskShadow: ({ store }, _caller, { after }) =>
    store.read(async tx => {
      const [active, shadow] = [(await ruleSetIn(tx, 'active')).version, (await ruleSetIn(tx, 'shadow')).version]
      const found = await tx.riskCases.differences(active, shadow, after, pageRows)
      const differences = found.map(({ paymentId, at, decision, shadowDecision, shadowScore }) => ({
        ...{ payment: paymentId, at: iso(at), decision, shadowDecision, shadowScore },
      }))
      return ok({ active, shadow, differences, next: found.length < pageRows ? null : (found.at(-1)?.paymentId ?? null) })
    }),
  riskUse: use,
}
