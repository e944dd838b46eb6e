import { isCurrencyCode } from '#core/money/currencies/index.ts'
import type { Order } from '#core/payment/order.ts'
import { columnsOf } from './columns.ts'

type Line = { readonly title: string; readonly quantity: number; readonly minor: string }

/** Lists and amounts as text. */
export type OrderRow = Omit<Order, 'shop' | 'lines' | 'currency' | 'minor' | 'onlyIn' | 'timeline'> & {
  readonly shop: string
  readonly lines: string
  readonly currency: string
  readonly minor: string
  readonly onlyIn: string | null
  readonly timeline: string
}

export const orderColumns = columnsOf<OrderRow>({
  id: 'id',
  code: 'code',
  state: 'state',
  shop: 'shop',
  shopReference: 'shop_reference',
  lines: 'lines',
  currency: 'currency',
  minor: 'minor',
  createdAt: 'created_at',
  expiresAt: 'expires_at',
  returnUrl: 'return_url',
  onlyIn: 'only_in',
  paymentId: 'payment_id',
  timeline: 'timeline',
})

export function orderOf(row: OrderRow): Order {
  const { currency } = row
  if (!isCurrencyCode(currency)) throw new Error('an order in an unknown currency')
  const lines: readonly Line[] = JSON.parse(row.lines)
  return {
    ...row,
    shop: JSON.parse(row.shop),
    lines: lines.map(({ title, quantity, minor }) => ({ title, quantity, minor: BigInt(minor) })),
    currency,
    minor: BigInt(row.minor),
    onlyIn: row.onlyIn === null ? null : JSON.parse(row.onlyIn),
    timeline: JSON.parse(row.timeline),
  }
}

export function orderRow(order: Order): OrderRow {
  const lines = order.lines.map(({ title, quantity, minor }): Line => ({ title, quantity, minor: minor.toString() }))
  return {
    ...order,
    shop: JSON.stringify(order.shop),
    lines: JSON.stringify(lines),
    minor: order.minor.toString(),
    onlyIn: order.onlyIn === null ? null : JSON.stringify(order.onlyIn),
    timeline: JSON.stringify(order.timeline),
  }
}
