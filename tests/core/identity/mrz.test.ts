import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mrz, mrzCheckDigit, readMrz } from '#core/identity/mrz.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

/** The specimens of ICAO Doc 9303, eighth edition: parts 4 (appendix B), 5 (appendix B) and 6 (appendix B). */
const specimens: Readonly<Record<Mrz['format'], string>> = {
  td3: 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
  td1: 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
  td2: 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6',
}
const numbers = { td3: 'L898902C3', td1: 'D23145890', td2: 'D23145890' }
const read = (text: string) => readMrz(text, now)
const fieldOf = (text: string) => {
  const outcome = read(text)
  return outcome.ok ? 'read' : outcome.decline.detail['field']
}

describe('the machine-readable zone', () => {
  it('computes check digits as ICAO 9303 shows it', () => {
    // Part 3, 4.9: its two worked examples.
    expect([mrzCheckDigit('520727'), mrzCheckDigit('AB2134<<<')]).toEqual(['3', '5'])
  })
  for (const format of ['td3', 'td1', 'td2'] as const)
    it(`reads the specimen of ${format}`, () => {
      expect(read(specimens[format])).toEqual({
        ok: true,
        value: {
          ...{ format, type: format === 'td3' ? 'P' : 'I', issuer: 'UTO', number: numbers[format], nationality: 'UTO' },
          ...{ surname: 'ERIKSSON', givenNames: 'ANNA MARIA', bornOn: '1974-08-12', sex: 'F', endsOn: '2012-04-15' },
        },
      })
    })
  it('reads a number longer than nine characters, whose end stands in the optional data', () => {
    // Part 5, 4.2.2.1, note j.
    const long = `IDBEL000590448<230${mrzCheckDigit('000590448230')}<<<<<<<<<<<\n8512017F0901015BEL<<<<<<<<<<<C\nVAN<DER<VELDEN<<GREET<HILDE<<<`
    const [one = '', two = '', three = ''] = long.split('\n')
    const composite = mrzCheckDigit(one.slice(5, 30) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18, 29))
    const whole = [one, two.slice(0, 29) + composite, three].join('\n')
    expect(read(whole)).toMatchObject({ ok: true, value: { number: '000590448230', surname: 'VAN DER VELDEN', givenNames: 'GREET HILDE' } })
  })
  it('lets pass how people type it, and nothing else', () => {
    const typed = specimens.td3.toLowerCase().replace('\n', ' \r\n\r\n ').replaceAll('<<', '«')
    expect(read(typed)).toEqual(read(specimens.td3))
    expect(fieldOf('')).toBe('lines')
    expect(fieldOf(specimens.td3.slice(0, -1))).toBe('lines')
    expect(fieldOf(specimens.td3.replace('ANNA', 'ÄNNA'))).toBe('characters')
    expect(fieldOf('<'.repeat(1_000_000))).toBe('lines')
  })
  it('finds any one digit that is mistyped, and names the field', () => {
    const [, two = ''] = specimens.td3.split('\n')
    const [one = ''] = specimens.td3.split('\n')
    const fields = { 9: 'number', 1: 'number', 13: 'bornOn', 21: 'endsOn', 28: 'optional', 43: 'composite' }
    for (const [at, field] of Object.entries(fields)) {
      const place = Number(at)
      const other = two.charAt(place) === '1' ? '2' : '1'
      expect(fieldOf(`${one}\n${two.slice(0, place)}${other}${two.slice(place + 1)}`)).toBe(field)
    }
    expect(fieldOf(specimens.td3.replace('ANNA', 'ANN4'))).toBe('name')
  })
  it('takes births for past days and ends for days up to fifty years ahead', () => {
    const born = (text: string) => {
      const bornAs = text + mrzCheckDigit(text)
      const [one = '', two = ''] = specimens.td3.split('\n')
      const line = two.slice(0, 13) + bornAs + two.slice(20, 43)
      const composite = mrzCheckDigit(line.slice(0, 10) + line.slice(13, 20) + line.slice(21, 43))
      const outcome = read(`${one}\n${line}${composite}`)
      return outcome.ok ? outcome.value.bornOn : outcome.decline.detail['field']
    }
    expect([born('260101'), born('270101'), born('000229'), born('010229'), born('70<<<<')]).toEqual([
      ...['2026-01-01', '1927-01-01', '2000-02-29', 'bornOn'],
      null,
    ])
  })
  it('answers to any text, and reads none that was changed in a figure', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), text => !read(text).ok),
      { numRuns: 300 },
    )
    const [one = '', two = ''] = specimens.td3.split('\n')
    const figures = Array.from(two, (_, at) => at).filter(at => /[0-9]/.test(two.charAt(at)))
    fc.assert(
      fc.property(fc.constantFrom(...figures), fc.integer({ min: 1, max: 9 }), (at, more) => {
        const other = String((Number(two.charAt(at)) + more) % 10)
        return !read(`${one}\n${two.slice(0, at)}${other}${two.slice(at + 1)}`).ok
      }),
      { numRuns: 200 },
    )
  })
})
