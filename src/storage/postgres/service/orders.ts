import type { Order } from '#core/payment/order.ts'
import { orderColumns as columns, type OrderRow, orderOf, orderRow } from '../../rows/orders.ts'
import type { Change, Orders } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { type Lookup, rowsOf, type Write } from '../together.ts'

const byCode: Lookup<OrderRow> = {
  table: 'shop_order',
  sql: `SELECT ${columns.shown} FROM shop_order WHERE code = ANY ($1) ORDER BY code`,
  keyOf: ({ code }) => [code],
  isLocked: true,
  isOwned: true,
}
const change: Write = {
  table: 'shop_order',
  sql: `UPDATE shop_order SET state = fresh.state, payment_id = fresh.payment_id, timeline = fresh.timeline
    FROM ${rowsOf('TEXT', 'TEXT', 'TEXT', 'TEXT')} AS fresh (id, state, payment_id, timeline) WHERE shop_order.id = fresh.id`,
  isRenewed: true,
}

const found = (row: OrderRow | undefined): Order | undefined => row && orderOf(row)

export const postgresOrders = (tx: Transaction, changes: Change[]): Orders => ({
  add: async order => {
    await tx.run(`INSERT INTO shop_order (${columns.names}) VALUES (${columns.places})`, ...columns.values(orderRow(order)))
  },
  find: async id => found(await tx.get<OrderRow>(`SELECT ${columns.shown} FROM shop_order WHERE id = $1${tx.forUpdate}`, id)),
  findByCode: async code => found((await tx.look(byCode, code))[0]),
  change: async order => {
    const { id, state, paymentId, timeline } = orderRow(order)
    tx.put(change, id, id, state, paymentId, timeline)
    changes.push({ type: 'order', orderId: id })
  },
  overdue: async (now, limit) => {
    const rows = await tx.all<OrderRow>(
      `SELECT ${columns.shown} FROM shop_order WHERE state = 'open' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2${tx.forUpdate}`,
      ...[now, limit],
    )
    return rows.map(orderOf)
  },
})
