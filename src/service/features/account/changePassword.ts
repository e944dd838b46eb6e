import { no, ok } from '#core/failure/outcome.ts'
import type { RouteHandler } from '../../ports.ts'
import { endSession } from '../../sessions.ts'
import { recordSecurity } from '../device/securityEvents.ts'
import { takeProof } from '../secondFactor/proofs.ts'
import { endReset, setPassword } from './currentPassword.ts'
import { hashPassword } from './passwordHash.ts'
import { acceptedPassword } from './passwords.ts'
import { provePassword } from './signIn.ts'

/** The old password is proved as at signing in, with the same waits; the new one has its rules; then the second factor, where there is one. */
export const changePassword: RouteHandler<'changePassword'> = async (ports, caller, { old, password, proof, endOthers }) => {
  const proved = await provePassword(ports, caller.address, caller.holder.email, old)
  if (!proved.ok) return proved
  const accepted = await acceptedPassword(ports, password, proved.value)
  if (!accepted.ok) return accepted
  const hash = await hashPassword(accepted.value)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(proved.value.id)
    const device = await tx.devices.find(caller.deviceId)
    if (!holder || !device || device.revokedAt !== null) return no('device_revoked')
    if (holder.passwordHash !== proved.value.passwordHash) return no('credentials_wrong')
    const approved = await takeProof(tx, holder.id, proof, { kind: 'password' }, now)
    if (!approved.ok) return approved
    await endReset(tx, ports, holder, now)
    await setPassword(tx, ports, holder, hash, now)
    const others = endOthers ? (await tx.devices.ofHolder(holder.id)).filter(({ id }) => id !== caller.deviceId) : []
    for (const other of others) {
      await endSession(tx, other.id, now)
      await recordSecurity(tx, ports, holder.id, { what: 'device_revoked', device: other, byDevice: caller.deviceId }, now)
    }
    return ok({ ended: others.length })
  })
}
