import type { PaymentRecord, Payments } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqlitePayments = (db: Database): Payments => ({
  add: async ({ id, holderId, orderId, state, at, json }) => {
    db.prepare('INSERT INTO payment VALUES (?, ?, ?, ?, ?, ?)').run(id, holderId, orderId, state, at, json)
  },
  find: async id =>
    db.prepare<PaymentRecord>('SELECT id, holder_id AS holderId, order_id AS orderId, state, at, json FROM payment WHERE id = ?').get(id),
})
