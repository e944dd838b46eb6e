import { maskedContact, undoLifeMs } from '#core/account/contactDetails.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ContactChange } from '#storage/contactRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { Letter } from '../../mail/write.ts'
import { newMailLink } from '../../mailLinks/newMailLink.ts'
import type { ServicePorts } from '../../ports.ts'
import { profileWire } from '../../wires.ts'
import { textAddress } from './texts.ts'

type Value = { readonly value: string | null; readonly key: string | null }

/** Lets a value hold, and tells every device. Answers the holder as they are then. */
export async function setContact(
  tx: Tx,
  holder: Holder,
  kind: ContactChange['kind'],
  { value, key }: Value,
  now: Instant,
): Promise<Holder> {
  await appendFeed(tx, holder.id, { type: 'safety' }, now)
  if (kind !== 'email') {
    if (value === null) await tx.contactDetails.remove(holder.id, kind)
    else await tx.contactDetails.save({ holderId: holder.id, kind, value })
    return holder
  }
  if (value === null || key === null) return holder
  await tx.holders.setEmail(holder.id, value, key)
  const changed = { ...holder, email: value, emailKey: key }
  await appendFeed(tx, holder.id, { type: 'profile', profile: profileWire(changed) }, now)
  return changed
}

/** Lets a proved change hold: it is kept with what takes it back, and the old one is told. */
export async function holdChange(tx: Tx, ports: ServicePorts, holder: Holder, change: ContactChange, now: Instant): Promise<Holder> {
  const { kind, before, after, keyAfter, deviceId } = change
  const link = newMailLink(ports, 'contactUndo')
  const until = now + undoLifeMs
  await tx.contactChanges.save({ ...change, doneAt: now, undoHash: link.hash, undoUntil: until })
  const by = `holder:${holder.id}`
  await tx.audit.append({ at: now, by, act: 'contact.changed', object: by, detail: { kind, by_device: deviceId } })
  const changed = await setContact(tx, holder, kind, { value: after, key: keyAfter }, now)
  const { name, timeZone } = holder
  const letter: Letter = {
    kind: 'contactChanged',
    what: kind,
    name,
    masked: maskedContact(kind, after),
    url: link.url,
    at: now,
    until,
    timeZone,
  }
  await enqueueMail(tx, ports, holder, letter, now, undoLifeMs)
  const text = kind === 'phone' && before !== null ? textAddress(ports, before) : undefined
  if (text !== undefined) await enqueueMail(tx, ports, { email: text, locale: holder.locale, id: holder.id }, letter, now, undoLifeMs)
  return changed
}
