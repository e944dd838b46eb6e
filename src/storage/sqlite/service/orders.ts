import type { Order } from '#core/payment/order.ts'
import { orderColumns as columns, type OrderRow, orderOf, orderRow } from '../../rows/orders.ts'
import type { Change, Orders } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

const found = (row: OrderRow | undefined): Order | undefined => row && orderOf(row)

export const sqliteOrders = (db: Database, changes: Change[]): Orders => ({
  add: async order => {
    db.prepare(`INSERT INTO shop_order (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(orderRow(order)))
  },
  find: async id => found(db.prepare<OrderRow>(`SELECT ${columns.shown} FROM shop_order WHERE id = ?`).get(id)),
  findByCode: async code => found(db.prepare<OrderRow>(`SELECT ${columns.shown} FROM shop_order WHERE code = ?`).get(code)),
  change: async order => {
    const { id, state, paymentId, timeline } = orderRow(order)
    db.prepare('UPDATE shop_order SET state = ?, payment_id = ?, timeline = ? WHERE id = ?').run(state, paymentId, timeline, id)
    changes.push({ type: 'order', orderId: id })
  },
  overdue: async (now, limit) =>
    db
      .prepare<OrderRow>(`SELECT ${columns.shown} FROM shop_order WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at LIMIT ?`)
      .all(now, limit)
      .map(orderOf),
})
