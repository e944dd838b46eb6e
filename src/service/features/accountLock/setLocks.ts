import {
  type AccountLock,
  type LockReason,
  type LockStep,
  lockAt,
  type lockReasons,
  setAgain,
  setLock,
} from '#core/accountLock/accountLock.ts'
import type { AuditAct } from '#core/audit/acts.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import { enqueueSecurityMail } from '../../mail/securityMail.ts'
import type { Letter } from '../../mail/write.ts'
import type { ServicePorts } from '../../ports.ts'
import { profileWire } from '../../wires.ts'

const acts = {
  set: 'account.locked',
  opening: 'account.opening_asked',
  stopped: 'account.opening_stopped',
  agreed: 'account.lift_agreed',
  lifted: 'account.unlocked',
} as const satisfies Record<LockStep['step'], AuditAct>

/** The mail of a step; what one operator thinks before the other is no news. */
function letterOf({ name, timeZone }: Holder, { by, reason, opensAt }: AccountLock, { step, at }: LockStep): Letter | undefined {
  const common = { name, at, timeZone }
  if (by === 'holder' && step !== 'agreed') return { kind: 'freeze', what: step, ...common, until: opensAt ?? at }
  if (step === 'set') return { kind: 'securityHold', reason, ...common }
  return step === 'lifted' ? { kind: 'securityHoldOver', name } : undefined
}

/**
 * Writes what became of a lock: on the account, in the audit log, in the feed of every device, and by mail. `before`: how many of its steps were written already.
 * The account's own row says since when money out is stopped, so that a payment asks for locks only where there are some.
 */
export async function keepLock(
  tx: Tx,
  ports: ServicePorts,
  holder: Holder,
  lock: AccountLock,
  before: number,
  now: Instant,
): Promise<void> {
  await tx.accountLocks.save(lock)
  const since = (await tx.accountLocks.standing(holder.id)).map(standing => standing.since)
  const securityHoldSince = since.length === 0 ? null : Math.min(...since)
  await tx.holders.setSecurityHold(holder.id, securityHoldSince)
  for (const step of lock.steps.slice(before)) {
    const detail = { locker: lock.by, reason: lock.reason }
    await tx.audit.append({ at: step.at, by: step.by, act: acts[step.step], object: `holder:${holder.id}`, detail })
    const letter = letterOf(holder, lock, step)
    if (letter) await (step.step === 'opening' ? enqueueSecurityMail : enqueueMail)(tx, ports, holder, letter, now)
  }
  await appendFeed(tx, holder.id, { type: 'profile', profile: profileWire({ ...holder, securityHoldSince }) }, now)
}

/** The locks that stand on an account; one whose wait is over is lifted first. */
export async function standingLocks(tx: Tx, ports: ServicePorts, holder: Holder, now: Instant): Promise<readonly AccountLock[]> {
  const all = await tx.accountLocks.standing(holder.id)
  for (const lock of all) {
    const present = lockAt(lock, now)
    if (present !== lock) await keepLock(tx, ports, holder, present, lock.steps.length, now)
  }
  return all.filter(lock => lockAt(lock, now) === lock)
}

type Wish<R extends LockReason> = { readonly reason: R; readonly who: string; readonly now: Instant }

async function lock(
  tx: Tx,
  ports: ServicePorts,
  holder: Holder,
  by: AccountLock['by'],
  { reason, who, now }: Wish<LockReason>,
): Promise<void> {
  const stands = (await standingLocks(tx, ports, holder, now)).find(one => one.by === by)
  if (!stands) return keepLock(tx, ports, holder, setLock({ id: ports.ids(), holderId: holder.id, by, reason }, { who, now }), 0, now)
  const again = setAgain(stands, { who, now })
  if (again !== stands) await keepLock(tx, ports, holder, again, stands.steps.length, now)
}

/** The person freezes their account; an unlocking that waits is stopped. `who`: as the audit log names them. */
export const freezeAccount = (
  tx: Tx,
  ports: ServicePorts,
  holder: Holder,
  wish: Wish<(typeof lockReasons.holder)[number]>,
): Promise<void> => lock(tx, ports, holder, 'holder', wish)

/** The service locks an account, by an operator or by itself (`who`: `service`). */
export const lockAccount = (tx: Tx, ports: ServicePorts, holder: Holder, wish: Wish<(typeof lockReasons.service)[number]>): Promise<void> =>
  lock(tx, ports, holder, 'service', wish)
