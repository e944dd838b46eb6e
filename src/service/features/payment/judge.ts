import { asksFactor } from '#core/account/secondFactor.ts'
import { no, type Outcome } from '#core/failure/outcome.ts'
import type { AccountState } from '#core/ledger/account.ts'
import type { Instant } from '#core/ledger/command.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import type { Order } from '#core/payment/order.ts'
import { decidePayment, type PaymentSnapshot } from '#core/payment/payment.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { holderAccount } from '../../wires.ts'
import { limitStanding, type Standing } from '../limit/limitsOf.ts'
import { factorsOf, safetyRecord } from '../secondFactor/safetyOf.ts'

/** Who has paid an order already is told which receipt to look at, where it is their own. */
async function withReceipt(tx: Tx, holder: Holder, order: Order, judged: Outcome<bigint>): Promise<Outcome<bigint>> {
  if (judged.ok || judged.decline.code !== 'order_already_paid' || order.paymentId === null) return judged
  const payment = await tx.payments.find(order.paymentId)
  return payment?.holderId === holder.id ? no('order_already_paid', { payment: payment.id }) : judged
}

/** `outcome`: what it takes from the limits, in euro cents, or the decline. The rest is what it was decided upon. */
type Judged = {
  readonly outcome: Outcome<bigint>
  readonly account: AccountState | undefined
  readonly limits: Standing
  /** Whether it may only be paid with a proof of the second factor. */
  readonly asksFactor: boolean
}

/** Whether this holder may pay this order now; see `decidePayment`. */
export async function judge(
  tx: Tx,
  { rates }: Pick<ServicePorts, 'rates'>,
  holder: Holder,
  order: Order,
  agreed: PaymentSnapshot['agreed'],
  now: Instant,
): Promise<Judged> {
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
  const needsFactor = judged.ok && asksFactor(factorsOf(safety), BigInt(safety.lineMinor), judged.value)
  return { outcome: await withReceipt(tx, holder, order, judged), account, limits, asksFactor: needsFactor }
}
