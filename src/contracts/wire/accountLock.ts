import { z } from 'zod'
import { lockReasons } from '#core/accountLock/accountLock.ts'
import { id, instant } from './scalars.ts'

const step = z.enum(['set', 'opening', 'agreed', 'stopped', 'lifted'])

/** A lock of an account: money out is stopped while it stands, money in and help go on. */
export const accountLock = z.strictObject({
  id,
  /** The person, who lifts it themselves, or the service, whose lock two operators lift. */
  by: z.enum(['holder', 'service']),
  reason: z.enum([...lockReasons.holder, ...lockReasons.service]),
  since: instant,
  /** Where the person asked to lift it without an authenticator app: from then on it is lifted, unless somebody stops it before. */
  opensAt: instant.nullable(),
  liftedAt: instant.nullable(),
  /** Every state that it went through, oldest first. */
  steps: z.array(z.strictObject({ step, at: instant })),
})

/** `unlockBy`: what the person gives beside their password to lift their own lock; null where none of theirs stands. */
export const accountLocks = z.strictObject({
  standing: z.array(accountLock).max(2),
  past: z.array(accountLock).max(50),
  unlockBy: z.enum(['factor', 'mail']).nullable(),
})

export const serviceReason = z.enum(lockReasons.service)

export type AccountLocksWire = z.infer<typeof accountLocks>
export type AccountLockWire = z.infer<typeof accountLock>
