import type { Payment } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import { type Decline, no, type Outcome } from '#core/failure/outcome.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { Instant } from '#core/ledger/command.ts'
import { railOf } from '#core/limits/policy.ts'
import { parseDecimal } from '#core/money/amount.ts'
import { holdOrder, type Order, orderAt, settleOrder } from '#core/payment/order.ts'
import { feeAccount, paymentLegs, shopAccount } from '#core/payment/payment.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendBalance, appendFeed, appendPayment, appendPosting } from '../../feed/append.ts'
import type { CommandOutcome, Feature, ServicePorts } from '../../ports.ts'
import { amountWire, iso, orderWire } from '../../wires.ts'
import { limitsShown, type Standing, usedMore } from '../limit/limitsOf.ts'
import { findOrder } from '../order/index.ts'
import { takeCommandProof } from '../secondFactor/proofs.ts'
import { judge } from './judge.ts'

type Confirmation = { readonly id: string; readonly holder: Holder; readonly now: Instant; readonly ports: ServicePorts }

/** What was decided must be writable: where the book says otherwise, everything is undone and the same id may come again. */
function sure<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Fault('unexpected', { cause: new Error(`the book declined what was decided: ${outcome.decline.code}`) })
}

function paymentOf(
  { id, now }: Confirmation,
  order: Order,
  rest: Pick<Payment, 'state' | 'balanceAfter' | 'decline' | 'timeline'>,
): Payment {
  const total = amountWire(order.currency, order.minor)
  return { id, order: orderWire(orderAt(order, now)), amount: total, fee: amountWire(order.currency, 0n), total, ...rest }
}

async function keep(tx: Tx, { holder, now }: Confirmation, payment: Payment & { readonly state: 'captured' | 'declined' }): Promise<void> {
  const { id, order, state } = payment
  await tx.payments.add({ id, holderId: holder.id, orderId: order.id, state, at: now })
  await appendPayment(tx, holder.id, id, now)
}

/** A refused payment is kept and told, with its cause. */
async function refuse(tx: Tx, wish: Confirmation, order: Order, decline: Decline): Promise<CommandOutcome> {
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

/** The shop's and the fee's accounts that nobody was paid into before. */
async function missingAccounts(tx: Tx, order: Order): Promise<readonly AccountId[]> {
  const accounts = [shopAccount(order), feeAccount(order)]
  const found = await Promise.all(accounts.map(account => tx.ledger.account(account)))
  return accounts.filter((_, n) => !found[n])
}

type Decided = {
  readonly eurMinor: bigint
  readonly account: AccountState
  readonly limits: Standing
  readonly missing: readonly AccountId[]
}

/** Sets the money aside and gives it to the shop: two acts of the ledger, both dated. Answers the payer's account as it is then. */
async function holdAndCapture(tx: Tx, wish: Confirmation, order: Order, { account: payer, missing }: Decided): Promise<AccountState> {
  const { id, holder, now, ports } = wish
  const [holdId, common] = [ports.ids(), { subject: id, at: now }]
  const { minor, expiresAt } = order
  const held = sure(await tx.ledger.post({ type: 'hold', id: holdId, account: payer.id, minor, expiresAt, ...common }))
  for (const account of held.accounts) await appendBalance(tx, account, now)
  for (const account of missing) sure(await tx.ledger.post({ type: 'open', id: ports.ids(), at: now, account }))
  const legs = paymentLegs(order, payer.id)
  const { posting, accounts } = sure(
    await tx.ledger.post({ type: 'capture', id: ports.ids(), hold: holdId, kind: 'payment', legs, final: true, ...common }),
  )
  const account = accounts.find(one => one.id === payer.id)
  if (!posting || !account) throw new Fault('unexpected', { cause: new Error('a capture was answered without its posting') })
  const labels = { [holder.id]: holder.name, [order.shop.id]: order.shop.name, okpay: ports.config.name }
  await appendPosting(tx, { posting, accounts }, labels, now)
  return account
}

async function pay(tx: Tx, wish: Confirmation, order: Order, decided: Decided): Promise<CommandOutcome> {
  const { id, holder, now } = wish
  const { eurMinor, limits } = decided
  const paid = sure(settleOrder(sure(holdOrder(order, id, now)), now))
  const account = await holdAndCapture(tx, wish, order, decided)
  const rail = railOf(order.currency)
  await tx.limits.use({ paymentId: id, holderId: holder.id, day: limits.today.day, rail, eurMinor })
  await tx.orders.change(paid)
  const at = iso(now)
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
  await appendFeed(tx, holder.id, { type: 'limits', limits: [...limitsShown(usedMore(limits, rail, eurMinor))] }, now)
  return { ok: true, value: { payment } }
}

/**
 * Paying a shop. All of it is one transaction: the decision, what it takes from the limits, the hold, the capture, the order and the feed. Either
 * everything stands or nothing does, and of all who confirm one order at once just one pays it.
 */
export const paymentFeature: Feature = {
  commands: {
    'payment.confirm': async (tx, holder, { id, body, now }, ports) => {
      const order = await findOrder(tx, body.orderCode)
      if (!order) return no('order_unknown')
      const { currency, value } = body.total
      const agreed = { shopId: body.shopId, currency, minor: parseDecimal(currency, value)?.minor ?? 0n }
      const [{ outcome, account, limits, asksFactor }, missing] = await Promise.all([
        judge(tx, ports, holder, order, agreed, now),
        missingAccounts(tx, order),
      ])
      const wish: Confirmation = { id, holder, now, ports }
      if (!outcome.ok) return refuse(tx, wish, order, outcome.decline)
      if (asksFactor) {
        const proved = await takeCommandProof(tx, holder.id, { kind: 'payment', commandId: id, ...body }, now)
        if (!proved.ok) return refuse(tx, wish, order, proved.decline)
      }
      // Who has no account is declined.
      if (!account) throw new Fault('unexpected', { cause: new Error('a payment was decided without an account') })
      return pay(tx, wish, order, { eurMinor: outcome.value, account, limits, missing })
    },
  },
}
