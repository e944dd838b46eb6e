import type { Instant } from '#core/ledger/command.ts'
import type { ContactChange } from '#storage/contactRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { MailLink, ServicePorts } from '../../ports.ts'
import { endSession } from '../../sessions.ts'
import { endReset } from '../account/currentPassword.ts'
import { recordSecurity } from '../device/securityEvents.ts'
import { setContact } from './hold.ts'

const isOpen = (change: ContactChange | undefined, now: Instant): change is ContactChange =>
  change !== undefined && change.undoneAt === null && change.undoUntil !== null && now < change.undoUntil

/** The device that asked for it may be in the wrong hands, and those that signed in since. */
async function signOut(tx: Tx, ports: ServicePorts, { holderId, deviceId, startedAt }: ContactChange, now: Instant): Promise<void> {
  const devices = await tx.devices.ofHolder(holderId)
  for (const device of devices.filter(({ id, addedAt }) => id === deviceId || addedAt >= startedAt)) {
    await endSession(tx, device.id, now)
    await recordSecurity(tx, ports, holderId, { what: 'device_revoked', device }, now)
  }
}

/** Whoever has the mail to the old one takes a change back, all later ones of the same kind, and a new password that waits. */
export const contactUndo: MailLink = {
  isOpen: async (tx, hash, now) => isOpen(await tx.contactChanges.findByUndo(hash), now),
  async press(tx, ports, hash, now) {
    // The holder first, as everywhere: two changes at once follow each other.
    const named = await tx.contactChanges.findByUndo(hash)
    const holder = named && (await tx.holders.find(named.holderId))
    const change = await tx.contactChanges.findByUndo(hash)
    if (!holder || !isOpen(change, now)) return false
    const { kind, before, keyBefore, doneAt, startedAt, deviceId } = change
    const later = await tx.contactChanges.since(holder.id, startedAt)
    for (const one of later)
      if (one.kind === kind && one.doneAt !== null && one.doneAt >= (doneAt ?? 0) && one.undoneAt === null)
        await tx.contactChanges.save({ ...one, undoneAt: now })
    const by = `holder:${holder.id}`
    await tx.audit.append({ at: now, by, act: 'contact.change_undone', object: by, detail: { kind, of_device: deviceId } })
    const restored = await setContact(tx, holder, kind, { value: before, key: keyBefore }, now)
    await signOut(tx, ports, change, now)
    await endReset(tx, ports, restored, now)
    const { name, timeZone } = holder
    await enqueueMail(tx, ports, restored, { kind: 'contactUndone', what: kind, name, at: now, timeZone }, now)
    return true
  },
}
