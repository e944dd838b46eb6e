import { describe, expect, it } from 'vitest'
import { maskedContact, parsePhone, parsePostalAddress } from '#core/account/contactDetails.ts'

describe('a telephone number', () => {
  it.each([
    ['+49 151 234-567 89', '+4915123456789'],
    ['0049 (151) 23456789', '+4915123456789'],
    ['＋８６ １３８ ００１３ ８０００', '+8613800138000'],
    ['+1.202.555.0143', '+12025550143'],
  ])('%s is %s', (typed, phone) => {
    expect(parsePhone(typed)).toEqual({ ok: true, value: phone })
  })

  it.each(['', '110', '0151 23456789', '+0151 23456789', '+49', '+4915123456789012', '+49151234567a', '+49+15123456789', '٠٠٤٩١٥١٢٣٤٥٦٧٨'])(
    '%j is none',
    typed => {
      expect(parsePhone(typed)).toMatchObject({ ok: false, decline: { code: 'phone_invalid' } })
    },
  )
})

describe('a postal address', () => {
  const known = new Set(['DE', 'CN'])
  const good = { street: ' Lange   Gasse 5 ', city: '柏林', postalCode: '', country: 'DE' }

  it('is made even', () => {
    expect(parsePostalAddress(good, known)).toEqual({ ok: true, value: { ...good, street: 'Lange Gasse 5' } })
  })

  it.each([
    [{ street: ' ' }, 'street'],
    [{ street: 'x'.repeat(201) }, 'street'],
    [{ street: 'a\u202eb' }, 'street'],
    [{ city: '…' }, 'city'],
    [{ postalCode: '1'.repeat(21) }, 'postalCode'],
  ])('%j is refused by its field', (wrong, field) => {
    expect(parsePostalAddress({ ...good, ...wrong }, known)).toMatchObject({ decline: { code: 'address_invalid', detail: { field } } })
  })

  it('in no country is refused', () => {
    expect(parsePostalAddress({ ...good, country: 'XX' }, known)).toMatchObject({ decline: { code: 'country_unknown' } })
  })
})

it('what is told of a new one shows little of it', () => {
  expect(maskedContact('email', 'mia.keller@example.org')).toBe('m…@example.org')
  expect(maskedContact('phone', '+4915123456789')).toBe('+49…89')
  expect(maskedContact('address', '{}')).toBe('')
})
