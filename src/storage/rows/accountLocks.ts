import type { AccountLock } from '#core/accountLock/accountLock.ts'
import type { FreezeLink } from '../lockRepositories.ts'
import { columnsOf } from './columns.ts'

/** The steps as JSON. */
export type LockRow = Omit<AccountLock, 'steps'> & { readonly steps: string }

export const lockColumns = columnsOf<LockRow>({
  id: 'id',
  holderId: 'holder_id',
  by: 'set_by',
  reason: 'reason',
  since: 'since',
  opensAt: 'opens_at',
  agreedBy: 'agreed_by',
  liftedAt: 'lifted_at',
  steps: 'steps',
})

export const lockOf = (row: LockRow): AccountLock => ({ ...row, steps: JSON.parse(row.steps) })
export const lockRow = (lock: AccountLock): LockRow => ({ ...lock, steps: JSON.stringify(lock.steps) })

export const freezeLinkColumns = columnsOf<FreezeLink>({
  tokenHash: 'token_hash',
  holderId: 'holder_id',
  expiresAt: 'expires_at',
  usedAt: 'used_at',
})
