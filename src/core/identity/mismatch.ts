import type { Mrz } from './mrz.ts'
import { likeness, nameForms } from './names.ts'

/** What is said of a person or a document in one place, to be held against the machine-readable zone. */
export type Typed = {
  readonly name: string
  readonly latinName: string
  readonly bornOn: string
  /** ISO 3166-1 alpha-2, as is `country`, which made out the document. */
  readonly nationality: string
  readonly country: string
  readonly number: string
  readonly endsOn: string | null
}

export type MismatchField = 'name' | 'bornOn' | 'nationality' | 'country' | 'number' | 'endsOn'
export type Mismatch = { readonly field: MismatchField; readonly typed: string; readonly read: string }

/** Names are alike from here on; a zone cuts long ones short and knows only Latin letters. */
const alikeFrom = 0.88

const compact = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/**
 * Where the zone says something else than the person. `alpha3` tells a country's three letters by its two; what it does not know, and what the zone leaves
 * open, is no mismatch.
 */
export function mismatches(typed: Typed, read: Mrz, alpha3: (alpha2: string) => string | undefined): readonly Mismatch[] {
  const found: Mismatch[] = []
  const differ = (field: MismatchField, said: string, zone: string): void => {
    found.push({ field, typed: said, read: zone })
  }
  const zoneName = `${read.surname} ${read.givenNames}`.trim()
  const names = typed.latinName === '' ? [typed.name] : [typed.latinName, typed.name]
  if (Math.max(...names.map(name => likeness(nameForms(name), nameForms(zoneName)))) < alikeFrom) differ('name', names[0] ?? '', zoneName)
  if (read.bornOn !== null && read.bornOn !== typed.bornOn) differ('bornOn', typed.bornOn, read.bornOn)
  // Germany writes D, the one country with a code of its own in zones.
  const inZone = (alpha2: string): string | undefined => (alpha2 === 'DE' ? 'D' : alpha3(alpha2))
  const nationality = inZone(typed.nationality)
  if (nationality !== undefined && nationality !== read.nationality && alpha3(typed.nationality) !== read.nationality)
    differ('nationality', nationality, read.nationality)
  const country = inZone(typed.country)
  if (country !== undefined && country !== read.issuer && alpha3(typed.country) !== read.issuer) differ('country', country, read.issuer)
  if (compact(typed.number) !== compact(read.number)) differ('number', typed.number, read.number)
  if (read.endsOn !== null && read.endsOn !== typed.endsOn) differ('endsOn', typed.endsOn ?? '', read.endsOn)
  return found
}
