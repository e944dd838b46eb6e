import { isCurrencyCode } from '#core/money/currencies/index.ts'
import type { Order, OrderState } from '#core/payment/order.ts'
import type { Change, Orders } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

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

const columns = `id, code, state, shop, shop_reference, lines, currency, minor, created_at, expires_at, return_url, only_in, payment_id, timeline`

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

export const postgresOrders = (tx: Transaction, changes: Change[]): Orders => ({
  add: async order => {
    const lines: readonly StoredLine[] = order.lines.map(({ title, quantity, minor }) => ({ title, quantity, minor: minor.toString() }))
    await tx.run(
      `INSERT INTO shop_order (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      ...[order.id, order.code, order.state, JSON.stringify(order.shop), order.shopReference, JSON.stringify(lines), order.currency],
      ...[order.minor.toString(), order.createdAt, order.expiresAt, order.returnUrl],
      ...[order.onlyIn === null ? null : JSON.stringify(order.onlyIn), order.paymentId, JSON.stringify(order.timeline)],
    )
  },
  find: async id => found(await tx.get<Row>(`SELECT ${columns} FROM shop_order WHERE id = $1${tx.forUpdate}`, id)),
  findByCode: async code => found(await tx.get<Row>(`SELECT ${columns} FROM shop_order WHERE code = $1${tx.forUpdate}`, code)),
  change: async ({ id, state, paymentId, timeline }) => {
    await tx.run(
      'UPDATE shop_order SET state = $1, payment_id = $2, timeline = $3 WHERE id = $4',
      ...[state, paymentId, JSON.stringify(timeline), id],
    )
    changes.push({ type: 'order', orderId: id })
  },
  overdue: async (now, limit) =>
    (
      await tx.all<Row>(
        `SELECT ${columns} FROM shop_order WHERE state = 'open' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2${tx.forUpdate}`,
        ...[now, limit],
      )
    ).map(orderOf),
})
