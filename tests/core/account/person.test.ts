import { describe, expect, it } from 'vitest'
import { codeSpace, codeText, readMailCode } from '#core/account/code.ts'
import { parseBirthDay, parseCountry, parseName } from '#core/account/person.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')

describe('a name', () => {
  it.each([
    ['Ana Li', 'Ana Li'],
    ['  Ana   Li ', 'Ana Li'],
    ['王小明', '王小明'],
    ['Nguye\u0302\u0303n Thi\u0323', 'Nguyễn Thị'],
    ['محمد', 'محمد'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ["O'Hara-Smith, Jr.", "O'Hara-Smith, Jr."],
    ['X Æ A-12', 'X Æ A-12'],
    ['李'.repeat(100), '李'.repeat(100)],
  ])('may be %s', (text, name) => {
    expect(parseName(text)).toEqual({ ok: true, value: name })
  })

  it.each([
    ...[
      '',
      '   ',
      '\u3000\u00a0',
      '123',
      '---',
      '😀',
      '\u0301',
      'Ana\u0000',
      'Ana\nBcc: x@example.org',
      'Ana\tLi',
      'Ana\u202eiL',
      'A\u200bna',
    ],
    ...['Ana\u2028Li', 'Ana\ue000', 'A\ufeffna', `A${'\u0301'.repeat(300)}`, 'a'.repeat(101), 'a'.repeat(100_000), '\u200d\u200c'],
  ])('may not be %j', text => {
    expect(parseName(text)).toMatchObject({ ok: false, decline: { code: 'name_invalid' } })
  })
})

describe('a day of birth', () => {
  it.each(['1990-05-17', '2000-02-29', '2013-11-22', '1896-11-23'])('may be %s', day => {
    expect(parseBirthDay(day, now)).toEqual({ ok: true, value: day })
  })

  it.each([
    ['2026-11-23', 'in the future'],
    ['2026-11-22', 'today'],
    ['2013-11-23', 'less than 13 years ago'],
    ['1895-11-22', 'more than 130 years ago'],
    ['2001-02-29', 'not in the calendar'],
    ['1990-13-01', 'of no month'],
    ['1990-00-10', 'of no month'],
    ['1990-5-17', 'in another form'],
    ['', 'empty'],
  ])('may not be %s, %s', day => {
    expect(parseBirthDay(day, now)).toMatchObject({ ok: false, decline: { code: 'birth_date_invalid' } })
  })
})

it('a country is one of the list', () => {
  const known = new Set(['CN', 'DE'])
  expect(parseCountry('CN', known)).toEqual({ ok: true, value: 'CN' })
  expect(parseCountry('ZZ', known)).toMatchObject({ decline: { code: 'country_unknown' } })
})

describe('a code from a mail', () => {
  it('has six digits, with its leading zeros', () => {
    expect([codeText(0), codeText(7), codeText(codeSpace - 1)]).toEqual(['000000', '000007', '999999'])
  })

  it.each(['012345', ' 012345 ', '012 345', '012-345'])('is read from %j', text => {
    expect(readMailCode(text)).toBe('012345')
  })

  it.each(['', ' ', '12345', '1234567', '12345a', 'abcdef', '１２３４５６', '١٢٣٤٥٦', '12345\u0000', '1.2345', '-', '0'.repeat(1000)])(
    'is not %j',
    text => {
      expect(readMailCode(text)).toBeUndefined()
    },
  )
})
