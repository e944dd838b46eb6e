import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'
import type { CurrencyCode } from '../money/currencies/index.ts'

export type OrderState = 'open' | 'held' | 'paid' | 'cancelled' | 'expired'
export type OrderLine = { readonly title: string; readonly quantity: number; readonly minor: bigint }
export type OrderStep = { readonly state: OrderState; readonly at: Instant }

/** What a shop asks for. open -> held -> paid, or open | held -> cancelled, or open -> expired; the last three never change again. */
export type Order = {
  readonly id: string
  /** Eight Crockford base-32 characters; never used twice. */
  readonly code: string
  readonly state: OrderState
  readonly shop: { readonly id: string; readonly name: string; readonly verified: boolean; readonly sandbox: boolean }
  readonly shopReference: string
  readonly lines: readonly OrderLine[]
  readonly currency: CurrencyCode
  readonly minor: bigint
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly returnUrl: string | null
  /** The countries (ISO 3166-1 alpha-2) whose holders may pay it; null: all. */
  readonly onlyIn: readonly string[] | null
  /** The payment that holds or paid it. */
  readonly paymentId: string | null
  readonly timeline: readonly OrderStep[]
}

const step = (order: Order, state: OrderState, at: Instant): Order => ({ ...order, state, timeline: [...order.timeline, { state, at }] })

/** The order as it is at `now`: an open one whose time is over has expired at that time, whether or not anybody has noted it. */
export const orderAt = (order: Order, now: Instant): Order =>
  order.state === 'open' && order.expiresAt <= now ? step(order, 'expired', order.expiresAt) : order

/** Whether an order can be paid or cancelled now, or the decline: order_already_paid, order_cancelled, order_expired. */
export function openOrder(order: Order, now: Instant): Outcome<Order> {
  const current = orderAt(order, now)
  switch (current.state) {
    case 'open':
      return ok(current)
    case 'held':
    case 'paid':
      return no('order_already_paid')
    case 'cancelled':
      return no('order_cancelled')
    case 'expired':
      return no('order_expired', { at: new Date(order.expiresAt).toISOString() })
  }
}

/** Cancels an open order; a cancelled one stays as it is, so that a repeated message changes nothing. */
export function cancelOrder(order: Order, now: Instant): Outcome<Order> {
  if (order.state === 'cancelled') return ok(order)
  const open = openOrder(order, now)
  return open.ok ? ok(step(open.value, 'cancelled', now)) : open
}

/** Money is set aside for it by `paymentId`. */
export function holdOrder(order: Order, paymentId: string, now: Instant): Outcome<Order> {
  const open = openOrder(order, now)
  return open.ok ? ok({ ...step(open.value, 'held', now), paymentId }) : open
}

/** The held money went to the shop. */
export function settleOrder(order: Order, now: Instant): Outcome<Order> {
  if (order.state !== 'held') return no('hold_unknown')
  return ok(step(order, 'paid', now))
}

/** The held money goes back, and the shop gets none. */
export function releaseOrder(order: Order, now: Instant): Outcome<Order> {
  if (order.state !== 'held') return no('hold_unknown')
  return ok({ ...step(order, 'cancelled', now), paymentId: null })
}
