import type { PaymentRecord } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

export const paymentColumns = columnsOf<PaymentRecord>({
  id: 'id',
  holderId: 'holder_id',
  orderId: 'order_id',
  state: 'state',
  at: 'at',
})
