import { describe, expect, it } from 'vitest'
import { ageOn } from '#core/account/person.ts'
import { fullAge, isSamePerson, type PersonDetails, parseDetails } from '#core/identity/details.ts'
import { mismatches } from '#core/identity/mismatch.ts'
import { readMrz } from '#core/identity/mrz.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const known = new Set(['DE', 'CN', 'SG'])
const good: PersonDetails = {
  ...{ name: 'Anna Maria Eriksson', latinName: '', bornOn: '1974-08-12', nationality: 'DE', country: 'SG' },
  ...{ street: '12 Tea Road', city: 'Singapore', postalCode: '' },
}
const told = (more: Partial<PersonDetails>) => {
  const outcome = parseDetails({ ...good, ...more }, known, now)
  return outcome.ok ? 'good' : [outcome.decline.code, outcome.decline.detail['field']].filter(text => text !== undefined).join(' ')
}

describe('details of a person', () => {
  it.each([
    ['A', 'good'],
    ['李', 'latin_name_missing'],
    ['x'.repeat(100), 'good'],
    ['x'.repeat(500), 'name_invalid'],
    ['   ', 'name_invalid'],
    ['Ana 😀', 'name_invalid'],
    ['😀', 'name_invalid'],
    ['Ana 2', 'name_invalid'],
    ['\u202eanA', 'name_invalid'],
    ["Seán  O'Brien-Ní Shé", 'good'],
  ])('the name %j: %s', (name, answer) => expect(told({ name })).toBe(answer))
  it('a name in another script stands beside its Latin letters', () => {
    expect(told({ name: 'محمد أحمد', latinName: 'Mohammed Ahmad' })).toBe('good')
    expect(told({ name: '李明', latinName: '李明' })).toBe('latin_name_missing')
  })
  it.each([
    ['2026-11-23', 'birth_date_invalid'],
    ['2027-01-01', 'birth_date_invalid'],
    ['2023-02-29', 'birth_date_invalid'],
    ['1800-01-01', 'birth_date_invalid'],
    ['2008-11-22', 'good'],
    ['2008-11-23', 'identity_too_young'],
    ['2004-02-29', 'good'],
    ['1974-8-12', 'birth_date_invalid'],
  ])('born on %s: %s', (bornOn, answer) => expect(told({ bornOn })).toBe(answer))
  it('who was born on 29 February comes of age on 1 March', () => {
    const age = (day: string) => ageOn('2008-02-29', Date.parse(`${day}T23:59:00Z`))
    expect([age('2026-02-28'), age('2026-03-01'), age('2028-02-29')]).toEqual([fullAge - 1, fullAge, fullAge + 2])
  })
  it('the address is of visible letters and bounded, the postal code may be left out', () => {
    expect(told({ street: '  ' })).toBe('address_invalid street')
    expect(told({ street: 'x'.repeat(201) })).toBe('address_invalid street')
    expect(told({ city: 'Singa\u0007pore' })).toBe('address_invalid city')
    expect(told({ postalCode: '0'.repeat(21) })).toBe('address_invalid postalCode')
    expect(told({ country: 'XX' })).toBe('country_unknown')
  })
  it('another address is the same person, another birthday is not', () => {
    expect([isSamePerson(good, { ...good, city: 'Berlin' }), isSamePerson(good, { ...good, bornOn: '1974-08-13' })]).toEqual([true, false])
  })
})

it('what was typed is held against the zone, field by field', () => {
  const zone = readMrz('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10', now)
  if (!zone.ok) throw new Error('the specimen is read')
  const alpha3 = (country: string) => ({ UT: 'UTO', DE: 'DEU' })[country]
  const typed = { ...good, nationality: 'UT', country: 'UT', number: 'l898902-c3', endsOn: '2012-04-15' }
  expect(mismatches(typed, zone.value, alpha3)).toEqual([])
  const other = {
    name: 'Hans Berg',
    latinName: '',
    bornOn: '1974-08-13',
    nationality: 'DE',
    country: 'DE',
    number: 'L898902C4',
    endsOn: null,
  }
  expect(mismatches(other, zone.value, alpha3).map(({ field }) => field)).toEqual([
    ...['name', 'bornOn', 'nationality', 'country', 'number', 'endsOn'],
  ])
})
