import { no, type Outcome, ok } from '../failure/outcome.ts'

/** In characters as people count them (code points). */
const mostOfNote = 2_000
const mostOfLabel = 40
const mostOfName = 100
export const mostLabels = 20

const lines = /\r\n?|[\u2028\u2029]/g
/** Characters that nobody types: controls but for the line and the tab, the ones that turn the direction of what follows, and halves of a character. */
const unseen = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu
const kept: ReadonlySet<string> = new Set(['\n', '\t'])

const lengthOf = (text: string): number => [...text].length

/** Several lines: the ends of lines are one character, what cannot be seen is left out, and so are blanks at the end. */
const plainText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(lines, '\n')
    .replace(unseen, one => (kept.has(one) ? one : ''))
    .trimEnd()

/** One line: blanks in a row are one. */
const plainLine = (text: string): string => plainText(text).replace(/\s+/gu, ' ').trim()

/** A note as it is kept; null where nothing is left of it. Decline: note_too_long. */
export function parseNote(text: string): Outcome<string | null> {
  const note = plainText(text)
  if (lengthOf(note) > mostOfNote) return no('note_too_long', { max: String(mostOfNote) })
  return ok(note.trim() === '' ? null : note)
}

/** A label as it is shown. Decline: label_invalid where nothing is left of it or it is too long. */
export function parseLabel(text: string): Outcome<string> {
  const label = plainLine(text)
  const length = lengthOf(label)
  return length === 0 || length > mostOfLabel ? no('label_invalid', { max: String(mostOfLabel) }) : ok(label)
}

/** The name of a contact. Decline: contact_name_invalid. */
export function parseContactName(text: string): Outcome<string> {
  const name = plainLine(text)
  const length = lengthOf(name)
  return length === 0 || length > mostOfName ? no('contact_name_invalid', { max: String(mostOfName) }) : ok(name)
}

/** By what two texts are the same to a person who looks for one: letter case, width and composed forms do not count. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC')
