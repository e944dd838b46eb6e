import type { Session } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

export const sessionColumns = columnsOf<Session>({
  tokenHash: 'token_hash',
  holderId: 'holder_id',
  deviceId: 'device_id',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  madeAt: 'made_at',
  replacedAt: 'replaced_at',
})
