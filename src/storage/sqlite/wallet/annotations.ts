import { type Annotation, annotationOf, movementSubject } from '#core/personal/annotation.ts'
import type { Register } from '#core/personal/register.ts'
import type { Stamp } from '#core/personal/stamp.ts'
import type { Database } from '../database.ts'

type Row = Stamp & { readonly field: string; readonly value: string | null }

/** What stands on a movement, as the registers say it. */
export function annotationRows(db: Database) {
  const registers = db.prepare<Row>('SELECT field, value, ms, count, device FROM personal_register WHERE subject = ? ORDER BY field')
  const registersOf = (subject: string): readonly Register[] =>
    registers.all(subject).map(({ field, value, ms, count, device }) => ({ subject, field, value, stamp: { ms, count, device } }))
  const written = db.prepare<{ id: string }>(
    'SELECT told.value AS id FROM json_each(?) told WHERE EXISTS (SELECT 1 FROM personal_register WHERE subject = ? || told.value)',
  )
  return {
    registersOf,
    /** Those of these movements on which something was written at some time. */
    among: (ids: readonly string[]): ReadonlySet<string> =>
      new Set(written.all(JSON.stringify(ids), movementSubject('')).map(({ id }) => id)),
    of: (id: string): Annotation => annotationOf(registersOf(movementSubject(id))),
  }
}
