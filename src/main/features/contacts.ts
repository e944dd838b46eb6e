import { payment } from '#contracts/wire/shapes.ts'
import { no, ok } from '#core/failure/outcome.ts'
import {
  type Contact,
  contactOf,
  contactSubject,
  contactsOf,
  matchesContact,
  removeContact,
  saveContact,
  shopContactId,
} from '#core/personal/contact.ts'
import { byPlace, type Registers } from '#core/personal/register.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Personal } from '../sync/personal.ts'

type ContactsParts = { readonly store: WalletStore; readonly personal: Personal }

/** People and shops that one pays: kept here at once, and brought to the person's other devices. */
export function contactsFeature({ store, personal }: ContactsParts): Feature<'contacts'> {
  const load = async (): Promise<Registers> => byPlace(await store.contactRegisters())

  async function views(contacts: readonly Contact[]) {
    const unsent = new Set(await store.unsentSubjects())
    return contacts.map(contact => ({
      ...contact,
      kept: unsent.has(contactSubject(contact.id)) ? ('here' as const) : ('everywhere' as const),
    }))
  }

  async function shopOf(id: string) {
    const json = await store.document('payment', id)
    if (json === undefined) return null
    const { shop } = payment.parse(JSON.parse(json)).order
    return { id: shopContactId(shop.id), name: shop.name }
  }

  return {
    async list({ query = '' }) {
      const all = contactsOf(await load())
      const found = await views(all.filter(contact => matchesContact(contact, query)))
      return ok({ contacts: found, total: all.length })
    },
    async ofMovement({ id }) {
      if (!(await store.movement(id))) return no('not_found')
      const shop = await shopOf(id)
      const known = shop && contactOf(await load(), shop.id)
      const [contact = null] = known ? await views([known]) : []
      return ok({ shop, contact })
    },
    async save({ id, ...change }) {
      const writings = saveContact(await load(), id, change)
      if (!writings.ok) return writings
      if (!(await personal.write(writings.value))) return no('notes_full')
      const saved = contactOf(await load(), id)
      const [contact] = saved ? await views([saved]) : []
      // Another device may have removed it in this very moment.
      return contact ? ok(contact) : no('not_found')
    },
    async remove({ id }) {
      const writings = removeContact(await load(), id)
      if (writings.length === 0) return no('not_found')
      return (await personal.write(writings)) ? ok({ removed: true }) : no('notes_full')
    },
  }
}
