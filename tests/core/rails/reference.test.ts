import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findReferences, isReference, makeReference, parseReference, printReference } from '#core/rails/reference.ts'

/**
 * Published references, as other implementations quote them: RF18 5390 0754 7034 and ..70Y (python-stdnum), RF47, RF71 and the zero-padded
 * RF18 (Elixir's creditor_reference), RF45 and RF68 (node-iso11649), RF19 (the Swiss QR-bill generator of codecrete).
 */
const published: readonly (readonly [string, string])[] = [
  ['539007547034', 'RF18539007547034'],
  ['5390075470Y', 'RF185390075470Y'],
  ['1234567890', 'RF471234567890'],
  ['2348231', 'RF712348231'],
  ['1234512345', 'RF451234512345'],
  ['AB2G5', 'RF68AB2G5'],
  ['AB2G59X56V543', 'RF19AB2G59X56V543'],
  ['000000000539007547034', 'RF18000000000539007547034'],
]

const bodies = fc.stringMatching(/^[0-9A-Z]{1,21}$/)

describe('a creditor reference', () => {
  it.each(published)('of %s is %s, as published', (body, reference) => {
    expect(makeReference(body)).toBe(reference)
    expect(isReference(reference)).toBe(true)
  })

  it.each([
    'RF17539007547034',
    'RF1853900754703',
    'RF18',
    'rf18539007547034',
    'RF18 5390 0754 7034',
    'XX18539007547034',
    `RF18${'0'.repeat(22)}`,
    '',
  ])('is not %j', text => {
    expect(isReference(text)).toBe(false)
  })

  it('has check digits of 02 to 98 only, although 00, 01 and 99 leave the same remainder', () => {
    const aliases: string[] = []
    for (let body = 0; body < 300; body += 1) for (const check of ['00', '01', '99']) aliases.push(`RF${check}${body}`)
    expect(aliases.filter(isReference)).toEqual([])
  })

  it('is read in any case, spacing and hyphenation, and printed in groups of four', () => {
    expect(parseReference(' rf18-5390 0754\u00a07034 ')).toBe('RF18539007547034')
    expect(printReference(makeReference('539007547034'))).toBe('RF18 5390 0754 7034')
    expect(printReference(makeReference('2348231'))).toBe('RF71 2348 231')
    expect(parseReference('RF18 5390 0754 7035')).toBeUndefined()
  })

  it('is refused for a body of other characters or lengths: that is a mistake of the program', () => {
    for (const body of ['', 'Ä', 'a b', '0'.repeat(22)]) expect(() => makeReference(body)).toThrow(TypeError)
  })

  it('catches every single wrong character and every swap of neighbours', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), (body, at, other) => {
        const good = makeReference(body)
        const place = 4 + (at % body.length)
        const wrong = good.slice(0, place) + other + good.slice(place + 1)
        const swapped = good.slice(0, place) + good.charAt(place + 1) + good.charAt(place) + good.slice(place + 2)
        // A letter counts as two digits. A digit against a letter shifts all that is before it: there the code promises nothing (X3 and 3X are both 333).
        const sameKind = (one: string, two: string) => /\d/.test(one) === /\d/.test(two)
        if (wrong !== good && sameKind(other, good.charAt(place))) expect(isReference(wrong)).toBe(false)
        const canSwap = place + 1 < good.length && sameKind(good.charAt(place), good.charAt(place + 1))
        if (swapped !== good && canSwap) expect(isReference(swapped)).toBe(false)
      }),
    )
  })
})

describe('references in free text', () => {
  it('are found at their full length of 25', () => {
    const longest = makeReference('ABCDEFGHIJKLMNOPQRSTU')
    expect(findReferences(`x ${longest}9 y`)).toContain(longest)
  })

  it.each([
    'RF18 5390 0754 7034',
    'rf18539007547034',
    'Invoice/RF18-5390-0754-7034/thanks',
    'SVWZ+RF18539007547034EREF+NOTPROVIDED',
    'payment rf 18 5390 0754 70 34 from Ann',
    'refRF18 5390\n0754 7034',
    'RF99 RF18 5390 0754 7034',
    '参考号RF18539007547034谢谢',
  ])('are found in %j', text => {
    expect(findReferences(text)).toContain('RF18539007547034')
  })

  it.each(['', 'RF', 'RF18', 'RF19 5390 0754 7034', 'no reference here', 'RF1853900754703', 'R18F539007547034'])(
    'are not found in %j',
    text => {
      expect(findReferences(text)).not.toContain('RF18539007547034')
    },
  )

  it('are each found once, in order, where a text names several', () => {
    expect(findReferences('RF712348231, RF18 5390 0754 7034; rf71 2348 231.')).toEqual(['RF712348231', 'RF18539007547034'])
  })

  it('are found whatever is written around and between them', () => {
    const around = fc.string({ unit: 'grapheme', maxLength: 30 })
    fc.assert(
      fc.property(
        bodies,
        around,
        around,
        fc.array(fc.constantFrom('', ' ', '-', '  '), { minLength: 25, maxLength: 25 }),
        (body, before, after, gaps) => {
          const reference = makeReference(body)
          const written = [...reference].map((character, at) => character + (gaps[at] ?? '')).join('')
          expect(findReferences(`${before.replace(/[RrFf]/g, '')}/${written}${after}`)).toContain(reference)
        },
      ),
    )
  })

  it('are bounded in number, and every one that is found is valid', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => makeReference(String(at))).join(',')
    const found = findReferences(many)
    expect(found).toHaveLength(100)
    expect(found.every(isReference)).toBe(true)
    expect(findReferences('RF'.repeat(100_000))).toEqual([])
    expect(findReferences('RF11'.repeat(50_000)).every(isReference)).toBe(true)
  })
})
