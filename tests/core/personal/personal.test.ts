import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '#core/failure/outcome.ts'
import { addLabel, annotationOf, removeLabel, writeNote } from '#core/personal/annotation.ts'
import { contactOf, contactsOf, matchesContact, mostContacts, removeContact, saveContact } from '#core/personal/contact.ts'
import { byPlace, merge, type Register, type Registers, type Writing } from '#core/personal/register.ts'
import { mostLabels, parseContactName, parseLabel, parseNote } from '#core/personal/text.ts'

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.decline.code)
  return outcome.value
}
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.decline.code)

let ms = 0
const stamped = (writings: readonly Writing[], device = 'phone'): Register[] => {
  ms += 1
  return writings.map(writing => ({ ...writing, stamp: { ms, count: 0, device } }))
}
const then = (registers: Registers, writings: readonly Writing[], device?: string) => merge(registers, stamped(writings, device))
const none: Registers = new Map()

describe('a note', () => {
  test.each([
    ['tea with Lin', 'tea with Lin'],
    ['  和客户见面\r\n第二行\r', '  和客户见面\n第二行'],
    ['a\u0000b\u202ec\u2028d', 'abc\nd'],
    ['half \ud83d a face \ud83d\ude00', 'half  a face \ud83d\ude00'],
    [' \n\t ', null],
    ['', null],
    ['e\u0301', '\u00e9'],
  ])('%j is kept as %j', (text, kept) => expect(value(parseNote(text))).toBe(kept))

  test('may have 2,000 characters, however many units they take', () => {
    expect(codeOf(parseNote('😀'.repeat(2_000)))).toBe('ok')
    expect(parseNote('茶'.repeat(2_001))).toMatchObject({ ok: false, decline: { code: 'note_too_long', detail: { max: '2000' } } })
  })

  test('is kept as it is once it was kept', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const once = value(parseNote(text))
        if (once === null) return
        expect(value(parseNote(once))).toBe(once)
        expect(once.isWellFormed()).toBe(true)
      }),
    ))
})

describe('labels', () => {
  const write = (registers: Registers, text: string) => then(registers, [value(addLabel('m', annotationOf(registers.values()), text))])

  test('are one whatever their letter case or width, shown as written last', () => {
    const twice = write(write(write(none, 'Travel'), 'ｔｒａｖｅｌ'), '  餐饮  费 ')
    expect(annotationOf(twice.values()).labels).toEqual(['ｔｒａｖｅｌ', '餐饮 费'])
  })

  test('are taken away by any of their forms, and added again', () => {
    const gone = then(write(none, 'Travel'), [removeLabel('m', ' TRAVEL ')])
    expect(annotationOf(gone.values()).labels).toEqual([])
    expect(annotationOf(write(gone, 'travel').values()).labels).toEqual(['travel'])
  })

  test('two devices that add different ones have both', () => {
    const common = write(none, 'a')
    const [one, other] = [write(common, 'b'), write(common, 'c')]
    expect(annotationOf(merge(one, other.values()).values()).labels).toEqual(['a', 'b', 'c'])
  })

  test.each(['', ' ', 'x'.repeat(41), '\u202e'])('%j is none', text => expect(codeOf(parseLabel(text))).toBe('label_invalid'))

  test('are no more than twenty; one that is there may be written again', () => {
    const full = Array.from({ length: mostLabels }, (_, n) => `label ${n}`).reduce(write, none)
    const annotation = annotationOf(full.values())
    expect(codeOf(addLabel('m', annotation, 'one more'))).toBe('labels_too_many')
    expect(codeOf(addLabel('m', annotation, 'LABEL 3'))).toBe('ok')
  })

  test('the note is none of them', () => {
    const both = then(write(none, 'a'), [value(writeNote('m', 'tea'))])
    expect(annotationOf(both.values())).toEqual({ note: 'tea', labels: ['a'] })
  })
})

describe('a contact', () => {
  const lin = { name: 'Lin Meihua', email: 'Lin@Example.org', note: 'rent' }
  const made = then(none, value(saveContact(none, 'c', lin)))

  test('is read as it was written', () => {
    expect(contactOf(made, 'c')).toEqual({ id: 'c', kind: 'person', ...lin, email: 'Lin@example.org' })
    expect(
      contactsOf(then(made, value(saveContact(made, 'shop:lumen', { name: 'lumen books' })))).map(({ id, kind }) => [id, kind]),
    ).toEqual([
      ['c', 'person'],
      ['shop:lumen', 'shop'],
    ])
  })

  test('only what differs is written', () => {
    expect(value(saveContact(made, 'c', { ...lin, note: 'rent, by the 3rd' }))).toEqual([
      { subject: 'contact:c', field: 'note', value: 'rent, by the 3rd' },
    ])
    expect(value(saveContact(made, 'c', lin))).toEqual([])
  })

  test('two devices that change different fields have both; of one field the later stands', () => {
    const phone = then(made, value(saveContact(made, 'c', { name: 'Lin M.' })), 'phone')
    const laptop = then(made, value(saveContact(made, 'c', { note: 'flat 3' })), 'laptop')
    const later = then(made, value(saveContact(made, 'c', { name: 'Meihua' })), 'laptop')
    expect(contactOf(merge(phone, laptop.values()), 'c')).toMatchObject({ name: 'Lin M.', note: 'flat 3' })
    expect(contactOf(merge(phone, later.values()), 'c')?.name).toBe('Meihua')
    expect(contactOf(merge(later, phone.values()), 'c')?.name).toBe('Meihua')
  })

  test('removed, nothing of its text stays, also where another device wrote into it meanwhile', () => {
    const removed = then(made, removeContact(made, 'c'))
    expect([...removed.values()].flatMap(({ field, value: text }) => (text === null ? [] : [field]))).toEqual(['removed'])
    const renamed = then(made, value(saveContact(made, 'c', { name: 'Meihua' })), 'laptop')
    for (const both of [merge(removed, renamed.values()), merge(renamed, removed.values())]) expect(contactOf(both, 'c')).toBeUndefined()
    expect(removeContact(removed, 'c')).toEqual([])
  })

  test('brought back, it is what it was', () => {
    const removed = then(made, removeContact(made, 'c'))
    expect(contactOf(then(removed, value(saveContact(removed, 'c', lin))), 'c')).toEqual(contactOf(made, 'c'))
    expect(codeOf(saveContact(removed, 'c', { note: 'who?' }))).toBe('contact_name_invalid')
  })

  test.each([
    [{ name: '' }, 'contact_name_invalid'],
    [{ name: 'x'.repeat(101) }, 'contact_name_invalid'],
    [{ name: 'Lin', email: 'lin' }, 'email_invalid'],
    [{ name: 'Lin', note: 'x'.repeat(2_001) }, 'note_too_long'],
    [{}, 'contact_name_invalid'],
  ])('%j is refused', (change, code) => expect(codeOf(saveContact(none, 'new', change))).toBe(code))

  test('is one of a thousand at most', () => {
    const full = byPlace(
      Array.from(
        { length: mostContacts },
        (_, n): Register => ({ subject: `contact:${n}`, field: 'name', value: 'x', stamp: { ms, count: 0, device: 'a' } }),
      ),
    )
    expect(codeOf(saveContact(full, 'one more', { name: 'Lin' }))).toBe('contacts_full')
    expect(codeOf(saveContact(full, '7', { name: 'Lin' }))).toBe('ok')
  })

  test.each([
    ['lin', true],
    ['LIN rent', true],
    ['ｌｉｎ', true],
    ['meihua@', false],
    ['', true],
  ])('is found by %j: %s', (query, isFound) => {
    const contact = contactOf(made, 'c')
    expect(contact && matchesContact(contact, query)).toBe(isFound)
  })

  test('is found by any Chinese character of its name', () => {
    const contact = { id: 'c', kind: 'person', name: '林晓雨', email: '', note: '房租' } as const
    for (const query of ['晓', '林晓', '雨 房', '租']) expect(matchesContact(contact, query)).toBe(true)
    expect(value(parseContactName(' 林　晓雨 '))).toBe('林 晓雨')
  })
})
