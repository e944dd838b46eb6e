import { paymentColumns as columns } from '../../rows/payments.ts'
import type { PaymentRecord, Payments } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { insertInto, type Lookup } from '../together.ts'

const byId: Lookup<PaymentRecord> = {
  table: 'payment',
  sql: `SELECT ${columns.shown} FROM payment WHERE id = ANY ($1) ORDER BY id`,
  keyOf: ({ id }) => [id],
}
const insert = insertInto('payment', columns.names, 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'BIGINT')

export const postgresPayments = (tx: Transaction): Payments => ({
  add: async payment => tx.put(insert, payment.id, ...columns.values(payment)),
  settle: async (id, state) => {
    await tx.run("UPDATE payment SET state = $1 WHERE id = $2 AND state = 'held'", state, id)
  },
  find: async id => (await tx.look(byId, id))[0],
})
