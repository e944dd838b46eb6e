import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'

/** Who keeps money in: the person themselves, or the service. Each lifts their own lock alone. */
export type Locker = 'holder' | 'service'

/** Why: the person froze it (by hand, by the link of a mail, or because a payment was not theirs), or the service looks at something. */
export const lockReasons = {
  holder: ['asked', 'mail_link', 'not_me'],
  service: ['risk', 'review', 'report'],
} as const satisfies Record<Locker, readonly string[]>
export type LockReason = (typeof lockReasons)[Locker][number]

/** What became of a lock, and when. `opening` waits for its time; `stopped` ends that, or what one operator had agreed to. */
export type LockStep = {
  readonly step: 'set' | 'opening' | 'agreed' | 'stopped' | 'lifted'
  readonly at: Instant
  /** As the audit log names them: `holder:ID`, `operator`, `operator:NAME` or `service`. */
  readonly by: string
}

/** Money out is stopped from `since` until `liftedAt`. */
export type AccountLock = {
  readonly id: string
  readonly holderId: string
  readonly by: Locker
  readonly reason: LockReason
  readonly since: Instant
  /** A person without an authenticator app waits until then; null where nobody asked. */
  readonly opensAt: Instant | null
  /** The first of the two operators who lift a lock of the service. */
  readonly agreedBy: string | null
  readonly liftedAt: Instant | null
  /** Every state that it went through, oldest first. */
  readonly steps: readonly LockStep[]
}

/** So long a person waits whose only proof came by mail: every device and the mail can stop it meanwhile. */
export const openingWaitMs = 86_400_000

type Doing = { readonly who: string; readonly now: Instant }

const stepped = (lock: AccountLock, step: LockStep['step'], { who, now }: Doing): AccountLock => ({
  ...lock,
  steps: [...lock.steps, { step, at: now, by: who }],
})

const lifted = (lock: AccountLock, doing: Doing): AccountLock => ({ ...stepped(lock, 'lifted', doing), liftedAt: doing.now })

export type NewLock = Pick<AccountLock, 'id' | 'holderId' | 'by' | 'reason'>

export const setLock = (lock: NewLock, { who, now }: Doing): AccountLock => ({
  ...lock,
  since: now,
  opensAt: null,
  agreedBy: null,
  liftedAt: null,
  steps: [{ step: 'set', at: now, by: who }],
})

/** Sets a lock that stands already: what was on its way to lift it is stopped. The same lock where nothing was. */
export function setAgain(lock: AccountLock, doing: Doing): AccountLock {
  if (lock.opensAt === null && lock.agreedBy === null) return lock
  return { ...stepped(lock, 'stopped', doing), opensAt: null, agreedBy: null }
}

/**
 * The person lifts their own lock: at once with a second factor that was on before the lock, else after a day; asking twice changes nothing of that day.
 * Declines: security_hold (the service's lock is not theirs to lift), not_found (it is lifted).
 */
export function openLock(lock: AccountLock, proof: 'factor' | 'mail', doing: Doing): Outcome<AccountLock> {
  if (lock.by === 'service') return no('security_hold', { reason: lock.reason })
  if (lock.liftedAt !== null) return no('not_found')
  if (proof === 'factor') return ok(lifted(lock, doing))
  return ok(lock.opensAt === null ? { ...stepped(lock, 'opening', doing), opensAt: doing.now + openingWaitMs } : lock)
}

/**
 * An operator agrees to lift a lock of the service; the second one lifts it.
 * Declines: second_operator_required (the same one again), not_allowed (the person's own lock), not_found (it is lifted).
 */
export function agreeToLift(lock: AccountLock, doing: Doing): Outcome<AccountLock> {
  if (lock.by === 'holder') return no('not_allowed')
  if (lock.liftedAt !== null) return no('not_found')
  if (lock.agreedBy === doing.who) return no('second_operator_required')
  return ok(lock.agreedBy === null ? { ...stepped(lock, 'agreed', doing), agreedBy: doing.who } : lifted(lock, doing))
}

/** A lock whose wait is over is lifted, at the moment at which that was so; any other is as it was. */
export function lockAt(lock: AccountLock, now: Instant): AccountLock {
  if (lock.liftedAt !== null || lock.opensAt === null || now < lock.opensAt) return lock
  return lifted(lock, { who: `holder:${lock.holderId}`, now: lock.opensAt })
}

/** Whether money may leave an account with these locks. Declines: security_hold, account_locked (detail.since and where it opens by itself detail.at). */
export function moneyOut(locks: readonly AccountLock[], now: Instant): Outcome<null> {
  const standing = locks.map(lock => lockAt(lock, now)).filter(({ liftedAt }) => liftedAt === null)
  const iso = (at: Instant) => new Date(at).toISOString()
  const [hold, own] = [standing.find(({ by }) => by === 'service'), standing.find(({ by }) => by === 'holder')]
  if (hold) return no('security_hold', { reason: hold.reason, since: iso(hold.since) })
  if (!own) return ok(null)
  return no('account_locked', { reason: own.reason, since: iso(own.since), ...(own.opensAt === null ? {} : { opens: iso(own.opensAt) }) })
}
