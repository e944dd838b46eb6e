import { type CommandAnswer, commandAnswer } from '#contracts/service/money.ts'
import type { Payment } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Instant } from '#core/ledger/command.ts'
import { type Order, releaseOrder, settleOrder } from '#core/payment/order.ts'
import type { AskedPayment } from '#core/risk/event.ts'
import type { RiskCase, RiskCaseState } from '#storage/riskRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import type { ServicePorts } from '../../ports.ts'
import { amountWire, iso, orderWire } from '../../wires.ts'
import { limitsOf } from '../limit/limitsOf.ts'
import { captureMoney, missingAccounts, releaseMoney, sure } from '../payment/money.ts'
import { evidenceOf } from './cases.ts'
import { learn } from './learn.ts'

/** A payment that waits, with all that is changed with it. */
type Waiting = { readonly one: RiskCase; readonly hold: string; readonly holder: Holder; readonly order: Order; readonly payment: Payment }

const bug = (what: string): never => {
  throw new Fault('unexpected', { cause: new Error(what) })
}

const paymentIn = (answer: CommandAnswer): Payment | undefined => answer.payment

async function waiting(tx: Tx, one: RiskCase): Promise<Waiting> {
  const [holder, record, command] = await Promise.all([tx.holders.find(one.holderId), tx.payments.find(one.id), tx.commands.find(one.id)])
  const order = record && (await tx.orders.find(record.orderId))
  const payment = command && paymentIn(commandAnswer.parse(JSON.parse(command.answer)))
  if (!holder || !order || !payment || one.holdId === null) return bug(`the payment ${one.id} waits without what belongs to it`)
  return { one, hold: one.holdId, holder, order, payment }
}

/** The event as it was judged. */
export function askedIn(one: RiskCase): AskedPayment {
  const { shop, eurMinor, perPayment, installation, country, localHour } = evidenceOf(one)
  return {
    what: 'payment',
    ...{ id: one.id, at: one.at, holder: one.holderId, payee: shop.id, payeeKind: 'shop' },
    ...{ eurMinor: BigInt(eurMinor), perPayment: BigInt(perPayment), installation, country, localHour },
  }
}

/** The money goes to the shop. The payment is learnt as the person's own. */
export async function captureWaiting(tx: Tx, ports: ServicePorts, case_: RiskCase, now: Instant): Promise<RiskCase> {
  const { one, hold, holder, order, payment } = await waiting(tx, case_)
  const paying = { id: one.id, holder, now, ports }
  const paid = sure(settleOrder(order, now))
  const account = await captureMoney(tx, paying, order, hold, await missingAccounts(tx, order))
  await tx.orders.change(paid)
  await tx.payments.settle(one.id, 'captured')
  const settled: Payment = {
    ...payment,
    state: 'captured',
    order: orderWire(paid),
    balanceAfter: amountWire(order.currency, account.posted - account.held),
    timeline: [...payment.timeline, { state: 'captured', at: iso(now) }],
  }
  await appendFeed(tx, holder.id, { type: 'payment', payment: settled }, now)
  await learn(tx, { ...askedIn(one), at: now }, 'confirmed')
  const after: RiskCase = { ...one, state: 'approved', endsAt: null }
  await tx.riskCases.save(after)
  return after
}

/** The money goes back to the holder, what it took from the limits is free again, and the shop hears that it gets none. */
export async function releaseWaiting(
  tx: Tx,
  ports: ServicePorts,
  case_: RiskCase,
  state: Extract<RiskCaseState, 'refused' | 'denied' | 'lapsed'>,
  now: Instant,
): Promise<RiskCase> {
  const { one, hold, holder, order, payment } = await waiting(tx, case_)
  await releaseMoney(tx, { id: one.id, holder, now, ports }, hold)
  const released = sure(releaseOrder(order, now))
  await tx.orders.change(released)
  await tx.payments.settle(one.id, 'voided')
  await tx.limits.release(one.id)
  const settled: Payment = {
    ...payment,
    state: 'voided',
    order: orderWire(released),
    decline: { code: 'risk_refused', detail: {} },
    timeline: [...payment.timeline, { state: 'voided', at: iso(now) }],
  }
  await appendFeed(tx, holder.id, { type: 'payment', payment: settled }, now)
  await appendFeed(tx, holder.id, { type: 'limits', limits: [...(await limitsOf(tx, holder, now))] }, now)
  // Nobody having looked says nothing of the person.
  if (state !== 'lapsed') await learn(tx, { ...askedIn(one), at: now }, 'stopped')
  const after: RiskCase = { ...one, state, endsAt: null }
  await tx.riskCases.save(after)
  return after
}
