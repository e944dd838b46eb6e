import type { Order } from '#core/payment/order.ts'
import { orderColumns as columns, type OrderRow, orderOf, orderRow } from '../../rows/orders.ts'
import type { Change, Orders } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

const found = (row: OrderRow | undefined): Order | undefined => row && orderOf(row)

export const postgresOrders = (tx: Transaction, changes: Change[]): Orders => ({
  add: async order => {
    await tx.run(`INSERT INTO shop_order (${columns.names}) VALUES (${columns.places})`, ...columns.values(orderRow(order)))
  },
  find: async id => found(await tx.get<OrderRow>(`SELECT ${columns.shown} FROM shop_order WHERE id = $1${tx.forUpdate}`, id)),
  findByCode: async code => found(await tx.get<OrderRow>(`SELECT ${columns.shown} FROM shop_order WHERE code = $1${tx.forUpdate}`, code)),
  change: async order => {
    const { id, state, paymentId, timeline } = orderRow(order)
    await tx.run('UPDATE shop_order SET state = $1, payment_id = $2, timeline = $3 WHERE id = $4', ...[state, paymentId, timeline, id])
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
