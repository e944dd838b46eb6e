import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { safetyRecord } from '../secondFactor/safetyOf.ts'
import { tellSafety } from '../secondFactor/tell.ts'

/** Gives a holder another password. */
export async function setPassword(tx: Tx, ports: ServicePorts, holder: Holder, hash: string, now: Instant): Promise<void> {
  await tx.holders.setPassword(holder.id, hash)
  await tx.safety.save({ ...(await safetyRecord(tx, holder.id)), passwordChangedAt: now })
  await tellSafety(tx, ports, holder, 'password_changed', now)
}

/** The holder with the password that holds now: a new one that waited holds from its time on, whoever asks first. */
export async function holderByReset(tx: Tx, ports: ServicePorts, holder: Holder, now: Instant): Promise<Holder> {
  const waiting = await tx.passwordResets.waiting(holder.id)
  if (!waiting || waiting.passwordHash === null || waiting.holdsFrom === null || now < waiting.holdsFrom) return holder
  await tx.passwordResets.save({ ...waiting, endedAt: now })
  await setPassword(tx, ports, holder, waiting.passwordHash, now)
  return { ...holder, passwordHash: waiting.passwordHash }
}

/** Stops a new password that does not hold yet. False where there is none. */
export async function endReset(tx: Tx, ports: ServicePorts, holder: Holder, now: Instant): Promise<boolean> {
  const waiting = await tx.passwordResets.waiting(holder.id)
  if (!waiting) return false
  await tx.passwordResets.save({ ...waiting, endedAt: now })
  await tellSafety(tx, ports, holder, 'reset_stopped', now)
  return true
}
