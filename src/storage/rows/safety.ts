import type { ChallengeRecord, PasswordReset, SafetyRecord } from '../safetyRepositories.ts'
import { columnsOf } from './columns.ts'

export const safetyColumns = columnsOf<SafetyRecord>({
  holderId: 'holder_id',
  appSecret: 'app_secret',
  appSince: 'app_since',
  appStep: 'app_step',
  mailSince: 'mail_since',
  lineMinor: 'line_minor',
  passwordChangedAt: 'password_changed_at',
  mailPhrase: 'mail_phrase',
})

export const challengeColumns = columnsOf<ChallengeRecord>({
  idHash: 'id_hash',
  holderId: 'holder_id',
  kind: 'kind',
  content: 'content',
  commandId: 'command_id',
  ways: 'ways',
  codeHash: 'code_hash',
  codeSentAt: 'code_sent_at',
  triesLeft: 'tries_left',
  begunAt: 'begun_at',
  expiresAt: 'expires_at',
  provedAt: 'proved_at',
  usedAt: 'used_at',
})

export const resetColumns = columnsOf<PasswordReset>({
  id: 'id',
  emailKey: 'email_key',
  holderId: 'holder_id',
  codeHash: 'code_hash',
  codeExpiresAt: 'code_expires_at',
  triesLeft: 'tries_left',
  startedAt: 'started_at',
  passwordHash: 'password_hash',
  holdsFrom: 'holds_from',
  endedAt: 'ended_at',
})
