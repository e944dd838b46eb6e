import type { ContactChange, ContactDetail } from '../contactRepositories.ts'
import { columnsOf } from './columns.ts'

export const contactDetailColumns = columnsOf<ContactDetail>({ holderId: 'holder_id', kind: 'kind', value: 'value' })

export const contactChangeColumns = columnsOf<ContactChange>({
  id: 'id',
  holderId: 'holder_id',
  deviceId: 'device_id',
  kind: 'kind',
  before: 'value_before',
  after: 'value_after',
  keyBefore: 'key_before',
  keyAfter: 'key_after',
  codeHash: 'code_hash',
  codeExpiresAt: 'code_expires_at',
  triesLeft: 'tries_left',
  startedAt: 'started_at',
  doneAt: 'done_at',
  undoHash: 'undo_hash',
  undoUntil: 'undo_until',
  undoneAt: 'undone_at',
})
