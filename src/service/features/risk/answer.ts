import { no, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { sayRiskReason } from '#locales/risks.ts'
import type { RiskCase } from '#storage/riskRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import type { CommandHandler, ServicePorts } from '../../ports.ts'
import { endSession } from '../../sessions.ts'
import { lockAccount } from '../accountLock/setLocks.ts'
import { recordSecurity } from '../device/securityEvents.ts'
import { questionWire } from '../support/index.ts'
import { evidenceOf, tellCase, weighedReasons } from './cases.ts'
import { learn } from './learn.ts'
import { askedIn, releaseWaiting } from './settle.ts'

/** Signs the device out that asked for the payment, where it is another than the one that says so. */
async function signOut(tx: Tx, ports: ServicePorts, { deviceId, holderId }: RiskCase, byDevice: string, now: Instant): Promise<void> {
  const device = deviceId === byDevice ? undefined : await tx.devices.find(deviceId)
  if (!device || device.revokedAt !== null) return
  await endSession(tx, device.id, now)
  await recordSecurity(tx, ports, holderId, { what: 'device_revoked', device, byDevice }, now)
}

/** A message to support in the holder's name, in English as the desk reads it. */
async function openTicket(tx: Tx, ports: ServicePorts, one: RiskCase, now: Instant): Promise<void> {
  const { shop, amount } = evidenceOf(one)
  const reasons = weighedReasons(one).map(reason => sayRiskReason('en', reason))
  const text = [
    `This payment was not made by me: ${amount.value} ${amount.currency} to ${shop.name} (${one.id}, ${one.state}).`,
    ...reasons,
  ].join('\n')
  const asked = { about: `risk ${one.id}`, text, state: 'open', askedAt: now, answer: null, answeredAt: null } as const
  const question = await tx.questions.add({ id: ports.ids(), holderId: one.holderId, ...asked })
  await appendFeed(tx, one.holderId, { type: 'question', question: questionWire(question) }, now)
}

/** "Not me": all that protects the account, in one transaction. Money that has left already is for support to ask back. */
async function deny(tx: Tx, ports: ServicePorts, holder: Holder, one: RiskCase, byDevice: string, now: Instant): Promise<RiskCase> {
  const settled = one.state === 'waiting' ? await releaseWaiting(tx, ports, one, 'denied', now) : { ...one, state: 'denied' as const }
  if (one.state !== 'waiting') await learn(tx, { ...askedIn(one), at: now }, 'stopped')
  await lockAccount(tx, ports, holder, { reason: 'risk', who: `holder:${holder.id}`, now })
  await signOut(tx, ports, one, byDevice, now)
  await openTicket(tx, ports, one, now)
  return settled
}

/**
 * What a holder says of a payment that was looked at: once. "Me" is a word to the operator and approves nothing: whoever holds a stolen device would say it
 * too. "Not me" stops what can be stopped. Declines: not_found, risk_answered.
 */
export const answerAlert: CommandHandler<'risk.answer'> = async (tx, holder, { body, deviceId, now }, ports) => {
  const one = await tx.riskCases.find(body.alertId)
  if (!one || one.holderId !== holder.id) return no('not_found')
  if (one.answer !== null) return no('risk_answered')
  const settled = body.mine ? one : await deny(tx, ports, holder, one, deviceId, now)
  const answered: RiskCase = { ...settled, answer: body.mine ? 'me' : 'not_me' }
  await tx.riskCases.save(answered)
  const act = body.mine ? 'risk.owned' : 'risk.denied'
  await tx.audit.append({ at: now, by: `holder:${holder.id}`, act, object: `payment:${one.id}`, detail: { device: deviceId } })
  return ok({ alert: await tellCase(tx, answered, now) })
}
