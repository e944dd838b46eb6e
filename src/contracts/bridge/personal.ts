import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { id } from '../wire/scalars.ts'

const nothing = z.strictObject({})

/** `here`: kept on this computer, and sent by itself once the service is in reach. `everywhere`: the service has it for the person's other devices. */
const kept = z.enum(['here', 'everywhere'])

/** Longer than what is taken, so that too much is refused with its reason and not as nonsense. */
const text = z.string().max(20_000)

/** What a person wrote on a movement. */
const annotation = z.strictObject({ note: z.string(), labels: z.array(z.string()), kept })

/**
 * A note and labels on a movement, on all devices of the person. They are saved here before they are sent; the service can read them. Declines: not_found,
 * note_too_long, label_invalid, labels_too_many, notes_full.
 */
export const notes = {
  of: read({ input: z.strictObject({ id }), output: annotation, when: 'signed_in' }),
  /** An empty note takes it away. */
  write: write({ input: z.strictObject({ id, note: text }), output: annotation, when: 'signed_in' }),
  label: write({ input: z.strictObject({ id, label: text }), output: annotation, when: 'signed_in' }),
  unlabel: write({ input: z.strictObject({ id, label: text }), output: annotation, when: 'signed_in' }),
  /** Labels of the movements that are here, the frequent ones first. */
  labels: read({
    input: nothing,
    output: z.strictObject({ labels: z.array(z.strictObject({ label: z.string(), count: z.number().int() })) }),
    when: 'signed_in',
  }),
}

/** A UUID, or `shop:` and the id of a shop: so that two devices that take up the same shop make one contact. */
const contactId = z.union([id, z.string().regex(/^shop:[\w.-]{1,90}$/)])

const contact = z.strictObject({
  id: contactId,
  kind: z.enum(['person', 'shop']),
  name: z.string(),
  /** The e-mail of the account that they have with OKPAY; '' where it is not known. */
  email: z.string(),
  note: z.string(),
  kept,
})

/** People and shops that one pays, on all devices of the person. Declines: not_found, contact_name_invalid, email_invalid, note_too_long, contacts_full, notes_full. */
export const contacts = {
  /** By name. `query`: every word must stand in the name, the e-mail or the note. */
  list: read({
    input: z.strictObject({ query: z.string().max(200).optional() }),
    output: z.strictObject({ contacts: z.array(contact), total: z.number().int() }),
    when: 'signed_in',
  }),
  /** The shop that was paid by a movement; null where no shop was. `contact` is the one that there is of it already. */
  ofMovement: read({
    input: z.strictObject({ id }),
    output: z.strictObject({ shop: z.strictObject({ id: contactId, name: z.string() }).nullable(), contact: contact.nullable() }),
    when: 'signed_in',
  }),
  /** Makes a contact, changes the fields that are named, or brings a removed one back. */
  save: write({
    input: z.strictObject({ id: contactId, name: text.optional(), email: text.optional(), note: text.optional() }),
    output: contact,
    when: 'signed_in',
  }),
  /** Its text is gone everywhere; who brings it back says it anew. */
  remove: write({ input: z.strictObject({ id: contactId }), output: z.strictObject({ removed: z.literal(true) }), when: 'signed_in' }),
}

export type ContactView = z.infer<typeof contact>
