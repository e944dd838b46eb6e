import type { MailRecord } from '../featureRepositories.ts'
import { columnsOf } from './columns.ts'

export const mailColumns = columnsOf<MailRecord>({
  id: 'id',
  holderId: 'holder_id',
  to: 'recipient',
  subject: 'subject',
  text: 'text',
  state: 'state',
  by: 'sent_by',
  createdAt: 'created_at',
  goodUntil: 'good_until',
  tries: 'tries',
  nextTryAt: 'next_try_at',
  sentAt: 'sent_at',
  problem: 'problem',
})
