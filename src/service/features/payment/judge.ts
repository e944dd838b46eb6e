import { asksFactor } from '#core/account/secondFactor.ts'
import { no, type Outcome } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import type { Order } from '#core/payment/order.ts'
import { decidePayment, type PaymentSnapshot } from '#core/payment/payment.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { holderAccount } from '../../wires.ts'
import { limitStanding, type Standing } from '../limit/limitsOf.ts'
import { judgeRisk, type RiskJudged } from '../risk/judgeRisk.ts'
import { factorsOf, safetyRecord } from '../secondFactor/safetyOf.ts'

/** Who has paid an order already is told which receipt to look at, where it is their own. */
async function withReceipt(tx: Tx, holder: Holder, order: Order, judged: Outcome<bigint>): Promise<Outcome<bigint>> {
  if (judged.ok || judged.decline.code !== 'order_already_paid' || order.paymentId === null) return judged
  const payment = await tx.payments.find(order.paymentId)
  return payment?.holderId === holder.id ? no('order_already_paid', { payment: payment.id }) : judged
}

/** `id` is the payment's; '' while the holder only looks. */
type Wish = { readonly id: string; readonly holder: Holder; readonly deviceId: string; readonly order: Order; readonly now: Instant }

/** `outcome`: what it takes from the limits, in euro cents, or the decline. The rest is what it was decided upon. */
type Judged = {
  readonly outcome: Outcome<bigint>
  readonly limits: Standing
  /** Whether it may only be paid with a proof of the second factor. */
  readonly asksFactor: boolean
  /** What the risk engine thinks of it; undefined where something else is in its way. */
  readonly risk: RiskJudged | undefined
}

/** The most that the holder may pay at once, in euro cents, by whatever rail. */
const mostAtOnce = ({ bounds }: Standing): bigint => bounds.find(({ kind, rail }) => kind === 'per_payment' && rail === null)?.most ?? 0n

/** Whether this holder may pay this order now: see `decidePayment`, and `judgeRisk` for what that lets through. */
export async function judge(
  tx: Tx,
  { rates }: Pick<ServicePorts, 'rates'>,
  wish: Wish,
  agreed: PaymentSnapshot['agreed'],
): Promise<Judged> {
  const { holder, order, now } = wish
  const [account, limits, safety, locks] = await Promise.all([
    tx.ledger.account(holderAccount(holder.id, order.currency)),
    limitStanding(tx, holder, now),
    safetyRecord(tx, holder.id),
    holder.securityHoldSince === null ? [] : tx.accountLocks.standing(holder.id),
  ])
  const judged = decidePayment({
    order,
    payer: holder,
    locks,
    account,
    limits: limits.bounds,
    agreed,
    eurMinor: euroCents(order, rates().perEuro),
    now,
  })
  if (!judged.ok) return { outcome: await withReceipt(tx, holder, order, judged), limits, asksFactor: false, risk: undefined }
  const risk = await judgeRisk(tx, { ...wish, eurMinor: judged.value, perPayment: mostAtOnce(limits) })
  const isAboveLine = asksFactor(factorsOf(safety), BigInt(safety.lineMinor), judged.value)
  return { outcome: judged, limits, asksFactor: isAboveLine || risk.judgement.decision === 'challenge', risk }
}
