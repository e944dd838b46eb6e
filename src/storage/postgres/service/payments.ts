import { paymentColumns as columns } from '../../rows/payments.ts'
import type { PaymentRecord, Payments } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

export const postgresPayments = (tx: Transaction): Payments => ({
  add: async payment => {
    await tx.run(`INSERT INTO payment (${columns.names}) VALUES (${columns.places})`, ...columns.values(payment))
  },
  find: id => tx.get<PaymentRecord>(`SELECT ${columns.shown} FROM payment WHERE id = $1`, id),
})
