import type { PaymentRecord, Payments } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

export const postgresPayments = (tx: Transaction): Payments => ({
  add: async ({ id, holderId, orderId, state, at, json }) => {
    await tx.run(
      'INSERT INTO payment (id, holder_id, order_id, state, at, json) VALUES ($1, $2, $3, $4, $5, $6)',
      ...[id, holderId, orderId, state, at, json],
    )
  },
  find: id =>
    tx.get<PaymentRecord>('SELECT id, holder_id AS "holderId", order_id AS "orderId", state, at, json FROM payment WHERE id = $1', id),
})
