import { type ContactDetails, postalAddress } from '#contracts/wire/contactDetails.ts'
import { type ContactKind, contactKinds, undoLifeMs } from '#core/account/contactDetails.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { iso } from '../../wires.ts'

/** A change is begun at most this long before it is done. */
const dayMs = 86_400_000

/** What holds now: the e-mail, the number, or the address as canonical JSON; null where there is none. */
export async function contactOf(tx: Tx, holder: Holder, kind: ContactKind): Promise<string | null> {
  if (kind === 'email') return holder.email
  return (await tx.contactDetails.of(holder.id)).find(detail => detail.kind === kind)?.value ?? null
}

export async function detailsOf(tx: Tx, holder: Holder, now: Instant): Promise<ContactDetails> {
  const [phone, address] = [await contactOf(tx, holder, 'phone'), await contactOf(tx, holder, 'address')]
  const changes = await tx.contactChanges.since(holder.id, now - undoLifeMs - dayMs)
  const undo = contactKinds.flatMap(kind => {
    const open = changes.filter(change => change.kind === kind && change.undoneAt === null && (change.undoUntil ?? 0) > now)
    const until = open.at(-1)?.undoUntil
    return until ? [{ kind, until: iso(until) }] : []
  })
  return { email: holder.email, phone, address: address === null ? null : postalAddress.parse(JSON.parse(address)), undo }
}
