import { canonicalJson } from '#contracts/service/signing.ts'
import type { ContactWish } from '#contracts/wire/contactDetails.ts'
import { parsePhone, parsePostalAddress } from '#core/account/contactDetails.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { ContactChange } from '#storage/contactRepositories.ts'
import type { ServicePorts } from '../../ports.ts'
import { countries } from '../account/lists.ts'
import { acceptedEmail } from '../account/registration.ts'
import { textAddress } from './texts.ts'

export type ReadWish = Pick<ContactChange, 'kind' | 'after' | 'keyAfter'>

/** What is wished, as it is kept. Declines: email_invalid, email_throwaway, phone_invalid, phone_codes_off, address_invalid, country_unknown. */
export async function readWish(ports: ServicePorts, wish: ContactWish): Promise<Outcome<ReadWish>> {
  switch (wish.kind) {
    case 'email': {
      const email = await acceptedEmail(wish.email)
      return email.ok ? ok({ kind: 'email', after: email.value.address, keyAfter: email.value.key }) : email
    }
    case 'phone': {
      const phone = parsePhone(wish.phone)
      if (!phone.ok) return phone
      if (textAddress(ports, phone.value) === undefined) return no('phone_codes_off')
      return ok({ kind: 'phone', after: phone.value, keyAfter: null })
    }
    case 'address': {
      const address = parsePostalAddress(wish.address, await countries())
      return address.ok ? ok({ kind: 'address', after: canonicalJson(address.value), keyAfter: null }) : address
    }
  }
}
