import { ageOn, parseBirthDay, parseCountry, parseName } from '../account/person.ts'
import { no, type Outcome, ok } from '../failure/outcome.ts'

/** Who a person is and where they live, as they typed it. Countries are ISO 3166-1 alpha-2, days ISO 8601. */
export type PersonDetails = {
  /** As in their documents, in its own script. */
  readonly name: string
  /** The same in Latin letters; '' where `name` is. */
  readonly latinName: string
  readonly bornOn: string
  readonly nationality: string
  readonly country: string
  readonly street: string
  readonly city: string
  /** '' where there is none. */
  readonly postalCode: string
}

/** Letters of any script with their marks, and what stands between the parts of names; no digits, no pictures. */
const legalName = /^[\p{L}\p{M}\p{Zs}'’‘ʼ.,·・\-\u2010\u2011\u200c\u200d]+$/u
const latinLetters = /^[\p{Script=Latin}\p{M}\p{Zs}'’‘ʼ.,-]+$/u
const unseen = /[\p{C}\u2028\u2029]/u

/** A person may have an account of their own tier by tier from this age on. */
export const fullAge = 18

function parseLegalName(text: string): Outcome<string> {
  const name = parseName(text)
  return !name.ok || legalName.test(name.value) ? name : no('name_invalid', { max: '100' })
}

function parseLatinName(text: string, name: string): Outcome<string> {
  if (text.trim() === '') return latinLetters.test(name) ? ok('') : no('latin_name_missing')
  const parsed = parseLegalName(text)
  return !parsed.ok || latinLetters.test(parsed.value) ? parsed : no('latin_name_missing')
}

/** One line of an address: blanks made single, nothing invisible. Decline: address_invalid, which names the field. */
export function parseLine(field: 'street' | 'city' | 'postalCode', text: string, least: number, most: number): Outcome<string> {
  const line = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim()
  const isGood = line.length >= least && line.length <= most && !unseen.test(line) && (line === '' || /[\p{L}\p{N}]/u.test(line))
  return isGood ? ok(line) : no('address_invalid', { field })
}

/**
 * What a person typed of themselves, made even. `now` in milliseconds. Declines, in this order: name_invalid, latin_name_missing, birth_date_invalid,
 * identity_too_young, country_unknown, address_invalid.
 */
export function parseDetails(typed: PersonDetails, known: ReadonlySet<string>, now: number): Outcome<PersonDetails> {
  const name = parseLegalName(typed.name)
  if (!name.ok) return name
  const latinName = parseLatinName(typed.latinName, name.value)
  if (!latinName.ok) return latinName
  const bornOn = parseBirthDay(typed.bornOn, now)
  if (!bornOn.ok) return bornOn
  if ((ageOn(bornOn.value, now) ?? 0) < fullAge) return no('identity_too_young', { years: String(fullAge) })
  const nationality = parseCountry(typed.nationality, known)
  if (!nationality.ok) return nationality
  const country = parseCountry(typed.country, known)
  if (!country.ok) return country
  const street = parseLine('street', typed.street, 1, 200)
  if (!street.ok) return street
  const city = parseLine('city', typed.city, 1, 100)
  if (!city.ok) return city
  const postalCode = parseLine('postalCode', typed.postalCode, 0, 20)
  if (!postalCode.ok) return postalCode
  return ok({
    ...{ name: name.value, latinName: latinName.value, bornOn: bornOn.value, nationality: nationality.value, country: country.value },
    ...{ street: street.value, city: city.value, postalCode: postalCode.value },
  })
}

/** Whether it is still the same person: an address may change without a new document. */
export const isSamePerson = (a: PersonDetails, b: PersonDetails): boolean =>
  a.name === b.name && a.latinName === b.latinName && a.bornOn === b.bornOn && a.nationality === b.nationality
