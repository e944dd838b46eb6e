import type { KeptCommand } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

export const commandColumns = columnsOf<KeptCommand>({
  id: 'id',
  holderId: 'holder_id',
  deviceId: 'device_id',
  type: 'type',
  content: 'content',
  madeAt: 'made_at',
  signature: 'signature',
  receivedAt: 'received_at',
  answer: 'answer',
})
