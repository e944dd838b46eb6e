import type { CommandBody } from '#contracts/service/commands.ts'
import type { Payment } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import { type Decline, no } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { railOf } from '#core/limits/policy.ts'
import { parseDecimal } from '#core/money/amount.ts'
import { holdOrder, type Order, orderAt, settleOrder } from '#core/payment/order.ts'
import { reviewMs } from '#core/risk/review.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { appendFeed, appendPayment } from '../../feed/append.ts'
import type { CommandOutcome, Feature } from '../../ports.ts'
import { amountWire, iso, orderWire } from '../../wires.ts'
import { limitsShown, type Standing, usedMore } from '../limit/limitsOf.ts'
import { findOrder } from '../order/index.ts'
import { openCase } from '../risk/cases.ts'
import { noteDifference, type RiskJudged } from '../risk/judgeRisk.ts'
import { learn } from '../risk/learn.ts'
import { takeCommandProof } from '../secondFactor/proofs.ts'
import { judge } from './judge.ts'
import { captureMoney, holdMoney, missingAccounts, type Paying, sure } from './money.ts'

function paymentOf({ id, now }: Paying, order: Order, rest: Pick<Payment, 'state' | 'balanceAfter' | 'decline' | 'timeline'>): Payment {
  const total = amountWire(order.currency, order.minor)
  return { id, order: orderWire(orderAt(order, now)), amount: total, fee: amountWire(order.currency, 0n), total, ...rest }
}

async function keep(
  tx: Tx,
  { holder, now }: Paying,
  payment: Payment & { readonly state: 'held' | 'captured' | 'declined' },
): Promise<void> {
  const { id, order, state } = payment
  await tx.payments.add({ id, holderId: holder.id, orderId: order.id, state, at: now })
  await appendPayment(tx, holder.id, id, now)
}

/** A refused payment is kept and told, with its cause. */
async function refuse(tx: Tx, wish: Paying, order: Order, decline: Decline): Promise<CommandOutcome> {
  const at = iso(wish.now)
  const payment = {
    ...paymentOf(wish, order, {
      state: 'declined',
      balanceAfter: null,
      decline: { code: decline.code, detail: { ...decline.detail } },
      timeline: [
        { state: 'confirmed', at },
        { state: 'declined', at },
      ],
    }),
    state: 'declined' as const,
  }
  await keep(tx, wish, payment)
  return { ok: false, decline, payment }
}

type Decided = { readonly eurMinor: bigint; readonly limits: Standing; readonly missing: readonly AccountId[] }

/** What it takes from the limits, in the transaction of the hold. */
async function takeLimits(tx: Tx, { id, holder, now }: Paying, { currency }: Order, { eurMinor, limits }: Decided): Promise<void> {
  const rail = railOf(currency)
  await tx.limits.use({ paymentId: id, holderId: holder.id, day: limits.today.day, rail, eurMinor })
  await appendFeed(tx, holder.id, { type: 'limits', limits: [...limitsShown(usedMore(limits, rail, eurMinor))] }, now)
}

/** Sets the money aside and gives it to the shop: two acts of the ledger, both dated. */
async function pay(tx: Tx, wish: Paying, order: Order, decided: Decided): Promise<CommandOutcome> {
  const paid = sure(settleOrder(sure(holdOrder(order, wish.id, wish.now)), wish.now))
  const { holdId } = await holdMoney(tx, wish, order, order.expiresAt)
  const account = await captureMoney(tx, wish, order, holdId, decided.missing)
  await tx.orders.change(paid)
  const at = iso(wish.now)
  const payment = {
    ...paymentOf(wish, paid, {
      state: 'captured',
      balanceAfter: amountWire(order.currency, account.posted - account.held),
      decline: null,
      timeline: [
        { state: 'confirmed', at },
        { state: 'held', at },
        { state: 'captured', at },
      ],
    }),
    state: 'captured' as const,
  }
  await keep(tx, wish, payment)
  await takeLimits(tx, wish, order, decided)
  return { ok: true, value: { payment } }
}

/** Sets the money aside until an operator has looked at the payment. */
async function waitForReview(
  tx: Tx,
  wish: Paying,
  order: Order,
  decided: Decided,
  risk: RiskJudged,
  deviceId: string,
): Promise<CommandOutcome> {
  const { id, holder, now, ports } = wish
  const held = sure(holdOrder(order, id, now))
  // A little longer than the review, so that what an operator decides in time can be done.
  const { holdId } = await holdMoney(tx, wish, order, now + reviewMs + 60_000)
  await tx.orders.change(held)
  const at = iso(now)
  const payment = {
    ...paymentOf(wish, held, {
      state: 'held',
      balanceAfter: null,
      decline: null,
      timeline: [
        { state: 'confirmed', at },
        { state: 'held', at },
      ],
    }),
    state: 'held' as const,
  }
  await keep(tx, wish, payment)
  await takeLimits(tx, wish, order, decided)
  await openCase(tx, ports, { holder, deviceId, shop: order.shop, amount: order, risk, state: 'waiting', holdId })
  return { ok: true, value: { payment } }
}

/**
 * What the risk engine, and the line above which codes are asked for, make of a payment that may happen otherwise. What is confirmed by a code is learnt as
 * the person's own at once; what is stopped counts against the payee and the computer.
 */
async function guarded(
  tx: Tx,
  wish: Paying,
  order: Order,
  decided: Decided,
  body: CommandBody<'payment.confirm'>,
  judged: Guard,
): Promise<CommandOutcome> {
  const { id, holder, now, ports } = wish
  const { risk, asksFactor, deviceId } = judged
  const { decision } = risk.judgement
  const opening = { holder, deviceId, shop: order.shop, amount: order, risk }
  await noteDifference(tx, risk)
  if (decision === 'refuse') {
    await learn(tx, risk.asked, 'stopped')
    const outcome = await refuse(tx, wish, order, { code: 'risk_refused', detail: {} })
    await openCase(tx, ports, { ...opening, state: 'refused' })
    return outcome
  }
  if (asksFactor) {
    const proved = await takeCommandProof(tx, holder.id, { kind: 'payment', commandId: id, ...body }, now)
    if (!proved.ok) {
      const outcome = await refuse(tx, wish, order, proved.decline)
      if (decision !== 'allow') await openCase(tx, ports, { ...opening, state: 'asked' })
      return outcome
    }
  }
  if (decision === 'hold') return waitForReview(tx, wish, order, decided, risk, deviceId)
  const outcome = await pay(tx, wish, order, decided)
  await learn(tx, risk.asked, asksFactor ? 'confirmed' : 'paid')
  if (decision === 'challenge') await openCase(tx, ports, { ...opening, state: 'confirmed' })
  return outcome
}

type Guard = { readonly risk: RiskJudged; readonly asksFactor: boolean; readonly deviceId: string }

/**
 * Paying a shop. All of it is one transaction: the decision, what it takes from the limits, the hold, the capture, the order and the feed. Either
 * everything stands or nothing does, and of all who confirm one order at once just one pays it.
 */
export const paymentFeature: Feature = {
  commands: {
    'payment.confirm': async (tx, holder, { id, body, deviceId, now }, ports) => {
      const order = await findOrder(tx, body.orderCode)
      if (!order) return no('order_unknown')
      const { currency, value } = body.total
      const agreed = { shopId: body.shopId, currency, minor: parseDecimal(currency, value)?.minor ?? 0n }
      const [{ outcome, limits, asksFactor, risk }, missing] = await Promise.all([
        judge(tx, ports, { id, holder, deviceId, order, now }, agreed),
        missingAccounts(tx, order),
      ])
      const wish: Paying = { id, holder, now, ports }
      if (!outcome.ok) return refuse(tx, wish, order, outcome.decline)
      // What nothing else is in the way of was looked at by the risk engine.
      if (!risk) throw new Fault('unexpected', { cause: new Error('a payment was decided and not judged') })
      return guarded(tx, wish, order, { eurMinor: outcome.value, limits, missing }, body, { risk, asksFactor, deviceId })
    },
  },
}
