import type { ContactDetails, ContactWish } from '#contracts/wire/contactDetails.ts'
import type { AppLocale } from '#locales/index.ts'
import { placeName } from '#locales/places.ts'

/** A postal address in one line. */
export const addressText = (locale: AppLocale, { street, city, postalCode, country }: NonNullable<ContactDetails['address']>): string =>
  [street, [postalCode, city].filter(part => part !== '').join(' '), placeName(locale, country)].join(', ')

/** What is wished, as the person knows it again. */
export function wishText(locale: AppLocale, wish: ContactWish): string {
  if (wish.kind === 'email') return wish.email
  return wish.kind === 'phone' ? wish.phone : addressText(locale, wish.address)
}
