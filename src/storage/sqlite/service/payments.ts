import { paymentColumns as columns } from '../../rows/payments.ts'
import type { PaymentRecord, Payments } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqlitePayments = (db: Database): Payments => ({
  add: async payment => {
    db.prepare(`INSERT INTO payment (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(payment))
  },
  settle: async (id, state) => {
    db.prepare("UPDATE payment SET state = ? WHERE id = ? AND state = 'held'").run(state, id)
  },
  find: async id => db.prepare<PaymentRecord>(`SELECT ${columns.shown} FROM payment WHERE id = ?`).get(id),
})
