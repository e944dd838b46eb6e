import type { Registration, SignInTries } from '../featureRepositories.ts'
import { columnsOf } from './columns.ts'

export const registrationColumns = columnsOf<Registration>({
  id: 'id',
  email: 'email',
  emailKey: 'email_key',
  locale: 'locale',
  codeHash: 'code_hash',
  codeExpiresAt: 'code_expires_at',
  sentAt: 'sent_at',
  sent: 'sent',
  triesLeft: 'tries_left',
  startedAt: 'started_at',
  verifiedAt: 'verified_at',
  completedAt: 'completed_at',
})

export const signInColumns = columnsOf<SignInTries>({ key: 'key', wrong: 'wrong', lastAt: 'last_at' })
