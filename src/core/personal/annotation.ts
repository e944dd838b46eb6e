import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Register, Writing } from './register.ts'
import { folded, mostLabels, parseLabel, parseNote } from './text.ts'

/** What a person wrote on a movement. Labels in the order of their letters. */
export type Annotation = { readonly note: string; readonly labels: readonly string[] }

const subjectStart = 'movement:'
export const movementSubject = (id: string): string => subjectStart + id
/** The movement that a subject is; undefined where it is something else. */
export const movementOf = (subject: string): string | undefined =>
  subject.startsWith(subjectStart) ? subject.slice(subjectStart.length) : undefined

const labelField = 'label:'
const noteField = 'note'

/** A label is the same whatever its letter case or width; it is shown as it was written last. */
const fieldOf = (label: string): string => labelField + folded(label)

const byLetters = (a: string, b: string): number => (folded(a) < folded(b) ? -1 : 1)

/** Reads the registers of one movement. */
export function annotationOf(registers: Iterable<Register>): Annotation {
  let note = ''
  const labels: string[] = []
  for (const { field, value } of registers) {
    if (value === null) continue
    if (field === noteField) note = value
    else if (field.startsWith(labelField)) labels.push(value)
  }
  return { note, labels: labels.sort(byLetters) }
}

/** Decline: note_too_long. */
export function writeNote(movement: string, text: string): Outcome<Writing> {
  const note = parseNote(text)
  return note.ok ? ok({ subject: movementSubject(movement), field: noteField, value: note.value }) : note
}

/** Declines: label_invalid, labels_too_many. */
export function addLabel(movement: string, { labels }: Annotation, text: string): Outcome<Writing> {
  const label = parseLabel(text)
  if (!label.ok) return label
  const field = fieldOf(label.value)
  const isNew = !labels.some(one => fieldOf(one) === field)
  if (isNew && labels.length >= mostLabels) return no('labels_too_many', { max: String(mostLabels) })
  return ok({ subject: movementSubject(movement), field, value: label.value })
}

/** A label that is not there stays away all the same. */
export const removeLabel = (movement: string, label: string): Writing => ({
  subject: movementSubject(movement),
  field: fieldOf(label.trim()),
  value: null,
})

/** The key by which a label is found, whatever its letter case or width. */
export const labelKey = (label: string): string => folded(label.trim())
