import type { AccountLocksWire, AccountLockWire } from '#contracts/wire/accountLock.ts'
import { type AccountLock, lockAt } from '#core/accountLock/accountLock.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { iso } from '../../wires.ts'
import { safetyRecord } from '../secondFactor/safetyOf.ts'

/** As many as anybody reads. */
const mostLocks = 50

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at))

/** Who of the service did a step is for the service alone. */
const lockWire = ({ id, by, reason, since, opensAt, liftedAt, steps }: AccountLock): AccountLockWire => ({
  ...{ id, by, reason },
  since: iso(since),
  opensAt: isoOrNull(opensAt),
  liftedAt: isoOrNull(liftedAt),
  steps: steps.map(({ step, at }) => ({ step, at: iso(at) })),
})

const locksAt = async (tx: Tx, { id }: Pick<Holder, 'id'>, now: Instant): Promise<readonly AccountLock[]> =>
  (await tx.accountLocks.ofHolder(id, mostLocks)).map(lock => lockAt(lock, now))

/** Whether an authenticator app was on before the lock: one that was set up since proves nothing, for whoever has the device could have done so. */
export async function hasOlderApp(tx: Tx, { holderId, since }: AccountLock): Promise<boolean> {
  const { appSince } = await safetyRecord(tx, holderId)
  return appSince !== null && appSince < since
}

/** Whether the person's own lock, if any stands, is lifted by their app. */
export async function isLiftedByApp(tx: Tx, holderId: string, now: Instant): Promise<boolean> {
  const own = (await locksAt(tx, { id: holderId }, now)).find(({ by, liftedAt }) => by === 'holder' && liftedAt === null)
  return own !== undefined && hasOlderApp(tx, own)
}

/** The locks of a holder as their devices see them. */
export async function locksWire(tx: Tx, holder: Holder, now: Instant): Promise<AccountLocksWire> {
  const all = await locksAt(tx, holder, now)
  const own = all.find(({ by, liftedAt }) => by === 'holder' && liftedAt === null)
  return {
    standing: all.filter(({ liftedAt }) => liftedAt === null).map(lockWire),
    past: all.filter(({ liftedAt }) => liftedAt !== null).map(lockWire),
    unlockBy: own ? ((await hasOlderApp(tx, own)) ? 'factor' : 'mail') : null,
  }
}

/** The same for an operator. */
export const locksOnDesk = async (tx: Tx, holder: Holder, now: Instant) => ({
  locks: (await locksAt(tx, holder, now)).map(lock => ({ ...lockWire(lock), agreedBy: lock.agreedBy })),
})
