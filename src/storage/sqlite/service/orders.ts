import { isCurrencyCode } from '#core/money/currencies/index.ts'
import type { Order, OrderState } from '#core/payment/order.ts'
import type { Change, Orders } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

type Row = {
  id: string
  code: string
  state: OrderState
  shop: string
  shop_reference: string
  lines: string
  currency: string
  minor: string
  created_at: number
  expires_at: number
  return_url: string | null
  only_in: string | null
  payment_id: string | null
  timeline: string
}
type StoredLine = { title: string; quantity: number; minor: string }

function orderOf(row: Row): Order {
  if (!isCurrencyCode(row.currency)) throw new Error('an order in an unknown currency')
  const lines: readonly StoredLine[] = JSON.parse(row.lines)
  return {
    id: row.id,
    code: row.code,
    state: row.state,
    shop: JSON.parse(row.shop),
    shopReference: row.shop_reference,
    lines: lines.map(({ title, quantity, minor }) => ({ title, quantity, minor: BigInt(minor) })),
    currency: row.currency,
    minor: BigInt(row.minor),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    returnUrl: row.return_url,
    onlyIn: row.only_in === null ? null : JSON.parse(row.only_in),
    paymentId: row.payment_id,
    timeline: JSON.parse(row.timeline),
  }
}

const found = (row: Row | undefined): Order | undefined => row && orderOf(row)

export const sqliteOrders = (db: Database, changes: Change[]): Orders => ({
  add: async order => {
    const lines: readonly StoredLine[] = order.lines.map(({ title, quantity, minor }) => ({ title, quantity, minor: minor.toString() }))
    db.prepare('INSERT INTO shop_order VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      order.id,
      order.code,
      order.state,
      JSON.stringify(order.shop),
      order.shopReference,
      JSON.stringify(lines),
      order.currency,
      order.minor.toString(),
      order.createdAt,
      order.expiresAt,
      order.returnUrl,
      order.onlyIn === null ? null : JSON.stringify(order.onlyIn),
      order.paymentId,
      JSON.stringify(order.timeline),
    )
  },
  find: async id => found(db.prepare<Row>('SELECT * FROM shop_order WHERE id = ?').get(id)),
  findByCode: async code => found(db.prepare<Row>('SELECT * FROM shop_order WHERE code = ?').get(code)),
  change: async ({ id, state, paymentId, timeline }) => {
    db.prepare('UPDATE shop_order SET state = ?, payment_id = ?, timeline = ? WHERE id = ?').run(
      state,
      paymentId,
      JSON.stringify(timeline),
      id,
    )
    changes.push({ type: 'order', orderId: id })
  },
  overdue: async (now, limit) =>
    db
      .prepare<Row>(`SELECT * FROM shop_order WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at LIMIT ?`)
      .all(now, limit)
      .map(orderOf),
})
