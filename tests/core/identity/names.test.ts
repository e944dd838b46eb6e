import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likeness, nameForms } from '#core/identity/names.ts'
import { screenAgainst } from '#core/identity/sanctions/screen.ts'

const alike = (a: string, b: string) => Math.round(likeness(nameForms(a), nameForms(b)) * 100)

describe('names are held against each other', () => {
  const same: readonly (readonly [string, string])[] = [
    ['Anna Maria Eriksson', 'ERIKSSON Anna Maria'],
    ['张伟明', 'Zhang Weiming'],
    ['張偉明', 'Weiming ZHANG'],
    ['曾国藩', 'Zeng Guo-fan'],
    ['吕布', 'Lyu Bu'],
    ['Jürgen Müller', 'Mueller, Juergen'],
    ['Jürgen Müller', 'JURGEN MULLER'],
    ['Łukasz Żółć', 'Lukasz Zolc'],
    ['Сергей Шойгу', 'Sergei Shoigu'],
    ['Muhammad Abdulrahman', 'Mohammed Abdul Rahman'],
    ['محمد أحمد', 'محمد احمد'],
    ['Γιώργος Παπαδόπουλος', 'Giorgos Papadopoulos'],
    ['Seán O’Brien', 'Sean OBrien'],
  ]
  for (const [a, b] of same) it(`${a} is ${b}`, () => expect(alike(a, b)).toBeGreaterThanOrEqual(90))
  const others: readonly (readonly [string, string])[] = [
    ['Anna Berg', 'Hanna Bergmann'],
    ['Zhang Wei', 'Zheng Wei'],
    ['Maria', 'Maria Garcia Lopez'],
    ['李明', '王明'],
    ['John Smith', 'Jane Smith'],
    ['😀', '😀'],
  ]
  for (const [a, b] of others) it(`${a} is not ${b}`, () => expect(alike(a, b)).toBeLessThan(90))

  it('in any order of the parts, with any accents, in either letter size, and the same both ways', () => {
    const part = fc.stringMatching(/^[a-z]{2,9}$/)
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 5 }), fc.nat(), (parts, turn) => {
        const at = turn % parts.length
        const turned = [...parts.slice(at), ...parts.slice(0, at)].map(text => `${text.charAt(0).toUpperCase()}\u0301${text.slice(1)}`)
        return alike(parts.join(' '), turned.join('-')) === 100 && alike(turned.join(' '), parts.join(' ')) === 100
      }),
      { numRuns: 200 },
    )
  })
  it('answers to any text, from 0 to 100', () => {
    const text = fc.string({ unit: 'binary', maxLength: 600 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const figure = alike(a, b)
        return figure >= 0 && figure <= 100
      }),
      { numRuns: 60 },
    )
  })
})

it('a list is asked for every name of a person, and tells the likest first', () => {
  const screen = screenAgainst({
    madeOn: '2026-11-01',
    persons: [
      { reference: 'A.1', names: ['Ivan Petrov'], bornIn: ['1970'] },
      { reference: 'A.2', names: ['John Doe', '王小明'], bornIn: [] },
      { reference: 'A.3', names: ['Ivan Petrow'], bornIn: [] },
    ],
  })
  expect(screen(['Иван Петров', '']).map(({ reference, likeness: figure }) => [reference, figure])).toEqual([
    ['A.1', 100],
    ['A.3', expect.any(Number)],
  ])
  expect(screen(['Wang Xiaoming'])).toMatchObject([{ reference: 'A.2', name: '王小明' }])
  expect(screen([''])).toEqual([])
})
