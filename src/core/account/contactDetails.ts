import { no, type Outcome, ok } from '../failure/outcome.ts'
import { parseLine } from '../identity/details.ts'

/** How a person is reached. */
export const contactKinds = ['email', 'phone', 'address'] as const
export type ContactKind = (typeof contactKinds)[number]

/** `country` is ISO 3166-1 alpha-2; `postalCode` is '' where there is none. */
export type PostalAddress = { readonly street: string; readonly city: string; readonly postalCode: string; readonly country: string }

/** So long the one that was told of a change can take it back. */
export const undoLifeMs = 72 * 3_600_000

const phonePattern = /^\+[1-9][0-9]{6,14}$/

/**
 * A telephone number as people type it, with its country: blanks, brackets, dots and hyphens are dropped, full-width digits are read as plain ones, a
 * leading 00 is a +. Decline: phone_invalid. Source: ITU-T E.164, 15 digits at most.
 */
export function parsePhone(text: string): Outcome<string> {
  if (text.length > 60) return no('phone_invalid')
  const compact = text
    .normalize('NFKC')
    .replace(/[\s().\u2010-\u2015-]/g, '')
    .replace(/^00/, '+')
  return phonePattern.test(compact) ? ok(compact) : no('phone_invalid')
}

/** A postal address, made even. `known` holds the ISO 3166-1 alpha-2 codes. Declines: address_invalid (detail.field), country_unknown. */
export function parsePostalAddress(typed: PostalAddress, known: ReadonlySet<string>): Outcome<PostalAddress> {
  const street = parseLine('street', typed.street, 1, 200)
  if (!street.ok) return street
  const city = parseLine('city', typed.city, 1, 100)
  if (!city.ok) return city
  const postalCode = parseLine('postalCode', typed.postalCode, 0, 20)
  if (!postalCode.ok) return postalCode
  if (!known.has(typed.country)) return no('country_unknown')
  return ok({ street: street.value, city: city.value, postalCode: postalCode.value, country: typed.country })
}

/** What may be told of a new value to the old one: enough to know one's own by, too little to write to somebody else's. */
export function maskedContact(kind: ContactKind, value: string): string {
  if (kind === 'phone') return `${value.slice(0, 3)}…${value.slice(-2)}`
  if (kind === 'address') return ''
  const at = value.lastIndexOf('@')
  return `${[...value].slice(0, 1).join('')}…${value.slice(at)}`
}
