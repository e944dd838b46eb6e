import { parseEmail } from '../account/email.ts'
import { no, type Outcome, ok } from '../failure/outcome.ts'
import { placeOf, type Registers, type Writing } from './register.ts'
import { folded, parseContactName, parseNote } from './text.ts'

/** Somebody whom one pays. `email`: where they have their account; '' where it is not known. */
export type Contact = {
  readonly id: string
  readonly kind: 'person' | 'shop'
  readonly name: string
  readonly email: string
  readonly note: string
}

/** What is changed of a contact; a field that is not named stays as it is. */
export type ContactChange = { readonly name?: string | undefined; readonly email?: string | undefined; readonly note?: string | undefined }

export const mostContacts = 1_000

/** Subjects of contacts begin so. */
export const contactSubjects = 'contact:'
const shopPrefix = 'shop:'
const fields = ['name', 'email', 'note', 'removed'] as const
type Field = (typeof fields)[number]

/** A shop is the same contact on every device, also where two of them take it up without knowing of each other. */
export const shopContactId = (shopId: string): string => shopPrefix + shopId

export const contactSubject = (id: string): string => contactSubjects + id

const read = (registers: Registers, id: string, field: Field): string | null =>
  registers.get(placeOf({ subject: contactSubject(id), field }))?.value ?? null

/** The contact of this id, where there is one: it has a name and was not removed. */
export function contactOf(registers: Registers, id: string): Contact | undefined {
  const name = read(registers, id, 'name')
  if (name === null || read(registers, id, 'removed') !== null) return undefined
  return {
    id,
    kind: id.startsWith(shopPrefix) ? 'shop' : 'person',
    name,
    email: read(registers, id, 'email') ?? '',
    note: read(registers, id, 'note') ?? '',
  }
}

const orderOf = ({ name, id }: Contact): string => `${folded(name)}\n${id}`

/** All of them, by the letters of their names. */
export function contactsOf(registers: Registers): readonly Contact[] {
  const ids = new Set([...registers.values()].map(({ subject }) => subject.slice(contactSubjects.length)))
  const found = [...ids].flatMap(id => contactOf(registers, id) ?? [])
  return found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** Every word that was typed stands somewhere in the contact. */
export function matchesContact({ name, email, note }: Contact, query: string): boolean {
  const text = folded(`${name}\n${email}\n${note}`)
  return folded(query)
    .split(/\s+/u)
    .every(word => text.includes(word))
}

function emailValue(text: string): Outcome<string | null> {
  if (text.trim() === '') return ok(null)
  const email = parseEmail(text)
  return email.ok ? ok(email.value.address) : email
}

/**
 * What is written in order to make or change a contact: only what differs, so that what another device wrote meanwhile stays. One that was removed is there again.
 * Declines: contact_name_invalid, email_invalid, note_too_long, contacts_full.
 */
export function saveContact(registers: Registers, id: string, change: ContactChange): Outcome<readonly Writing[]> {
  const isNew = contactOf(registers, id) === undefined
  if (isNew && contactsOf(registers).length >= mostContacts) return no('contacts_full', { max: String(mostContacts) })
  const wanted = new Map<Field, string | null>([['removed', null]])
  if (change.name !== undefined || isNew) {
    const name = parseContactName(change.name ?? '')
    if (!name.ok) return name
    wanted.set('name', name.value)
  }
  if (change.email !== undefined) {
    const email = emailValue(change.email)
    if (!email.ok) return email
    wanted.set('email', email.value)
  }
  if (change.note !== undefined) {
    const note = parseNote(change.note)
    if (!note.ok) return note
    wanted.set('note', note.value)
  }
  return ok(
    [...wanted].flatMap(([field, value]) => (read(registers, id, field) === value ? [] : [{ subject: contactSubject(id), field, value }])),
  )
}

/**
 * What is written in order to remove a contact: a tombstone, and every field is emptied, so that nothing of the text stays anywhere. The tombstone stands
 * whatever another device, which had not heard of it, wrote into the contact meanwhile.
 */
export function removeContact(registers: Registers, id: string): readonly Writing[] {
  if (!contactOf(registers, id)) return []
  const emptied = fields.filter(field => field !== 'removed' && read(registers, id, field) !== null)
  return [
    { subject: contactSubject(id), field: 'removed', value: 'yes' },
    ...emptied.map(field => ({ subject: contactSubject(id), field, value: null })),
  ]
}
