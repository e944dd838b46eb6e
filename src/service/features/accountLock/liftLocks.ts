import { agreeToLift, openLock } from '#core/accountLock/accountLock.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { RouteHandler, ServicePorts } from '../../ports.ts'
import { provePassword } from '../account/signIn.ts'
import { takeProofOf } from '../secondFactor/proofs.ts'
import { hasOlderApp, locksWire } from './lockWire.ts'
import { keepLock, standingLocks } from './setLocks.ts'

/**
 * Lifts the person's own lock: at once with a second factor that is older than the lock, else after a day.
 * Declines: not_found, security_hold, second_factor_required, credentials_wrong, sign_in_wait.
 */
export const unfreezeAccount: RouteHandler<'unfreezeAccount'> = async (ports, { address, holder: { email } }, { password, proof }) => {
  const proved = await provePassword(ports, address, email, password)
  if (!proved.ok) return proved
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(proved.value.id)
    if (!holder || holder.passwordHash !== proved.value.passwordHash) return no('credentials_wrong')
    const standing = await standingLocks(tx, ports, holder, now)
    const own = standing.find(({ by }) => by === 'holder')
    if (!own) return standing.length === 0 ? no('not_found') : no('security_hold')
    const approved = await takeProofOf(tx, holder.id, proof, { kind: 'unfreeze' }, now)
    if (!approved.ok) return approved
    const opened = openLock(own, (await hasOlderApp(tx, own)) ? 'factor' : 'mail', { who: `holder:${holder.id}`, now })
    if (!opened.ok) return opened
    if (opened.value !== own) await keepLock(tx, ports, holder, opened.value, own.steps.length, now)
    return ok(await locksWire(tx, holder, now))
  })
}

/** An operator agrees to lift a lock of the service; the second one lifts it. Declines: not_found, second_operator_required. */
export async function agree(tx: Tx, ports: ServicePorts, holder: Holder, operator: string, now: Instant): Promise<Outcome<null>> {
  const lock = (await standingLocks(tx, ports, holder, now)).find(({ by }) => by === 'service')
  if (!lock) return no('not_found')
  const agreed = agreeToLift(lock, { who: operator, now })
  if (!agreed.ok) return agreed
  await keepLock(tx, ports, holder, agreed.value, lock.steps.length, now)
  return ok(null)
}
