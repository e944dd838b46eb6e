import { contactSubjects } from '#core/personal/contact.ts'
import { compareRegisters, mostRegisters, type Place, type Register, type Writing } from '#core/personal/register.ts'
import { type Correction, nextStamp, redated, type Stamp } from '#core/personal/stamp.ts'
import type { LabelCount } from '#core/personal/store.ts'
import type { Database } from '../database.ts'
import { annotationRows } from './annotations.ts'
import type { MovementRows } from './movements.ts'
import { settingRows } from './records.ts'

type Row = Place &
  Stamp & { readonly value: string | null; readonly sent: number } & {
    readonly overMs: number | null
    readonly overCount: number | null
    readonly overDevice: string | null
  }

const columns = `subject, field, value, ms, count, device, sent, over_ms AS overMs, over_count AS overCount, over_device AS overDevice`
const cursorSetting = 'personal.cursor'
const offsetSetting = 'personal.clock_offset_ms'
/** Code points end here: everything that begins with a text lies below the text and this. */
const last = '\u{10ffff}'
/** More labels than anybody reads through. */
const mostListed = 500

const registerOf = ({ subject, field, value, ms, count, device }: Row): Register => ({
  subject,
  field,
  value,
  stamp: { ms, count, device },
})

const overOf = ({ overMs, overCount, overDevice }: Row): Stamp | undefined =>
  overMs === null || overCount === null || overDevice === null ? undefined : { ms: overMs, count: overCount, device: overDevice }

/** What the person wrote: written here first, merged with what the service holds. */
export function personalRows(db: Database, movements: MovementRows) {
  const settings = settingRows(db)
  const annotations = annotationRows(db)
  const one = db.prepare<Row>(`SELECT ${columns} FROM personal_register WHERE subject = ? AND field = ?`)
  const under = db.prepare<Row>(`SELECT ${columns} FROM personal_register WHERE subject >= ? AND subject < ? ORDER BY subject, field`)
  const newest = db.prepare<Stamp>('SELECT ms, count, device FROM personal_register ORDER BY ms DESC, count DESC LIMIT 1')
  const unsent = db.prepare<Row>(`SELECT ${columns} FROM personal_register WHERE sent = 0 ORDER BY ms, count LIMIT ?`)
  const unsentOf = db.prepare<{ subject: string }>('SELECT DISTINCT subject FROM personal_register WHERE sent = 0')
  const counted = db.prepare<{ n: number }>('SELECT count(*) AS n FROM personal_register')
  const keep = db.prepare(
    `INSERT INTO personal_register (subject, field, value, ms, count, device, sent, over_ms, over_count, over_device) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (subject, field) DO UPDATE SET value = excluded.value, ms = excluded.ms, count = excluded.count, device = excluded.device,
       sent = excluded.sent, over_ms = excluded.over_ms, over_count = excluded.over_count, over_device = excluded.over_device`,
  )
  const redate = db.prepare('UPDATE personal_register SET ms = ?, count = ? WHERE subject = ? AND field = ?')
  const listed = db.prepare<LabelCount>(
    'SELECT max(name) AS label, count(*) AS count FROM movement_label GROUP BY label ORDER BY count(*) DESC, label LIMIT ?',
  )

  const save = ({ subject, field, value, stamp }: Register, over: Stamp | undefined, isSent: boolean): void => {
    keep.run(
      ...[subject, field, value, stamp.ms, stamp.count, stamp.device, isSent ? 1 : 0],
      ...[over?.ms ?? null, over?.count ?? null, over?.device ?? null],
    )
  }
  const find = ({ subject, field }: Place): Row | undefined => one.get(subject, field)
  const showOn = (subjects: Iterable<string>): void => {
    for (const subject of new Set(subjects)) movements.annotate(subject)
  }

  /** @returns whether the value that stands is another now. */
  const take = (told: Register): boolean => {
    const known = find(told)
    const order = known ? compareRegisters(registerOf(known), told) : -1
    if (order > 0) return false
    if (order < 0 || known?.sent === 0) save(told, undefined, true)
    return order < 0 && (known?.value ?? null) !== told.value
  }

  return {
    registersOf: (subject: string): readonly Register[] => annotations.registersOf(subject),
    contactRegisters: (): readonly Register[] => under.all(contactSubjects, contactSubjects + last).map(registerOf),
    unsentSubjects: (): readonly string[] => unsentOf.all().map(({ subject }) => subject),
    unsentRegisters: (limit: number): readonly Register[] => unsent.all(limit).map(registerOf),

    writeRegisters: (writings: readonly Writing[], now: number, device: string): boolean =>
      db.transaction(() => {
        const changed = writings.flatMap(writing => {
          const known = find(writing)
          return (known?.value ?? null) === writing.value ? [] : [{ writing, known }]
        })
        const added = changed.filter(({ known }) => !known).length
        if (added > 0 && (counted.get()?.n ?? 0) + added > mostRegisters) return false
        const stamp = nextStamp(newest.get(), now, device)
        for (const { writing, known } of changed) {
          const over = known && (known.sent === 1 ? registerOf(known).stamp : overOf(known))
          save({ ...writing, stamp }, over, false)
        }
        showOn(changed.map(({ writing }) => writing.subject))
        return true
      }),

    takeRegisters: (registers: readonly Register[], cursor: number | null): boolean =>
      db.transaction(() => {
        const wasUnsent = registers.some(told => find(told)?.sent === 0)
        const changed = registers.filter(take)
        showOn(changed.map(({ subject }) => subject))
        if (cursor !== null) settings.keepSetting(cursorSetting, String(cursor))
        return wasUnsent || changed.length > 0
      }),

    personalCursor: (): number => Number(settings.setting(cursorSetting) ?? 0),
    clockOffset: (): number => Number(settings.setting(offsetSetting) ?? 0),

    correctStamps: (correction: Correction, offsetMs: number): void =>
      db.transaction(() => {
        for (const row of unsent.all(mostRegisters)) {
          const { ms, count } = redated(registerOf(row).stamp, overOf(row), correction)
          redate.run(ms, count, row.subject, row.field)
        }
        settings.keepSetting(offsetSetting, String(offsetMs))
      }),

    labels: (): readonly LabelCount[] => listed.all(mostListed),
    labelsOf: (ids: readonly string[]): Readonly<Record<string, readonly string[]>> =>
      Object.fromEntries(ids.map(id => [id, annotations.of(id).labels] as const).filter(([, labels]) => labels.length > 0)),
  }
}
