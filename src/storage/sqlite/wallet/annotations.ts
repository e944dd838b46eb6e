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
  return { registersOf, of: (id: string): Annotation => annotationOf(registersOf(movementSubject(id))) }
}
