import { type AccountLock, moneyOut } from '../accountLock/accountLock.ts'
import { no, type Outcome } from '../failure/outcome.ts'
import { merchantFee } from '../fees/merchantFee.ts'
import type { AccountId, AccountState } from '../ledger/account.ts'
import type { Instant, Leg } from '../ledger/command.ts'
import { type LimitBound, withinLimits } from '../limits/limits.ts'
import { railOf } from '../limits/policy.ts'
import { toDecimal } from '../money/amount.ts'
import { type Order, openOrder } from './order.ts'

/** All that decides whether a holder may pay an order now. */
export type PaymentSnapshot = {
  readonly order: Order
  readonly payer: { readonly country: string }
  /** Those that stand on the payer's account. */
  readonly locks: readonly AccountLock[]
  /** The payer's account in the order's currency. */
  readonly account: AccountState | undefined
  readonly limits: readonly LimitBound[]
  /** What the payer agreed to; null while they only look. */
  readonly agreed: { readonly shopId: string; readonly currency: string; readonly minor: bigint } | null
  /** What the order is worth in euro cents; undefined where nobody says. */
  readonly eurMinor: bigint | undefined
  readonly now: Instant
}

/**
 * Decides a payment, in the order of the table of declines: order_already_paid, order_cancelled, order_expired, order_changed,
 * security_hold, account_locked, merchant_restriction, currency_not_held, over_payment_limit, over_monthly_limit, over_daily_limit, insufficient_funds. A currency that nobody values cannot
 * be measured against the limits and is over them.
 * @returns what it takes from the limits, in euro cents.
 */
export function decidePayment({ order, payer, locks, account, limits, agreed, eurMinor, now }: PaymentSnapshot): Outcome<bigint> {
  const open = openOrder(order, now)
  if (!open.ok) return open
  if (agreed && !isAsAgreed(order, agreed)) return no('order_changed', { currency: order.currency, total: toDecimal(order) })
  const free = moneyOut(locks, now)
  if (!free.ok) return free
  if (order.onlyIn && !order.onlyIn.includes(payer.country)) return no('merchant_restriction', { shop: order.shop.name })
  if (!account) return no('currency_not_held', { currency: order.currency })
  if (eurMinor === undefined) return no('over_payment_limit', { currency: order.currency })
  const within = withinLimits(limits, railOf(order.currency), eurMinor)
  if (!within.ok) return within
  const available = account.posted - account.held
  if (available < order.minor) return no('insufficient_funds', shortOf(order, available))
  return within
}

const shortOf = ({ currency, minor }: Order, available: bigint) => ({
  currency,
  amount: toDecimal({ currency, minor }),
  available: toDecimal({ currency, minor: available }),
  missing: toDecimal({ currency, minor: minor - available }),
})

/** Whether the shop still asks for what the payer agreed to: the same shop, amount and currency. */
const isAsAgreed = (order: Order, agreed: NonNullable<PaymentSnapshot['agreed']>): boolean =>
  order.shop.id === agreed.shopId && order.currency === agreed.currency && order.minor === agreed.minor

export const shopAccount = ({ shop, currency }: Order): AccountId => `merchant:${shop.id}:${currency}`
export const feeAccount = ({ currency }: Order): AccountId => `fee:okpay:${currency}`

/** The legs of a captured payment: the payer gives the amount, the shop gets it less its fee, the fee is its own leg where there is one. */
export function paymentLegs(order: Order, payer: AccountId): readonly Leg[] {
  const fee = merchantFee(order.minor)
  const legs: readonly Leg[] = [
    { account: payer, minor: -order.minor },
    { account: shopAccount(order), minor: order.minor - fee },
  ]
  return fee === 0n ? legs : [...legs, { account: feeAccount(order), minor: fee }]
}
