import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'
import { type Annotation, labelKey, movementOf } from '#core/personal/annotation.ts'
import type { MovementRow } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { annotationRows } from './annotations.ts'
import { indexed } from './words.ts'

/** Rows of one instant are told apart by these bits of their number. */
const counterBits = 20n

/** The largest integer of SQLite. */
export const lastNumber = 2n ** 63n - 1n

/** The lowest number that a movement of this instant may have; the last or first of all where a person asks for days beyond what SQLite counts. */
export function firstNumberAt(at: number): bigint {
  const number = BigInt(at) << counterBits
  return number > lastNumber ? lastNumber : number < -lastNumber ? -lastNumber : number
}

type Columns = [
  n: bigint,
  id: string,
  kind: MovementRow['kind'],
  state: MovementRow['state'],
  at: bigint,
  title: string,
  reference: string,
  words: string,
  currency: CurrencyCode,
  hi: bigint,
  mid: bigint,
  lo: bigint,
  feeHi: bigint,
  feeMid: bigint,
  feeLo: bigint,
  afterHi: bigint | null,
  afterMid: bigint | null,
  afterLo: bigint | null,
]

export type NumberedMovement = { readonly n: bigint; readonly row: MovementRow }

function toMovement(columns: Columns): NumberedMovement {
  const [n, id, kind, state, at, title, reference, words, currency, ...limbs] = columns
  const [hi, mid, lo, feeHi, feeMid, feeLo, afterHi, afterMid, afterLo] = limbs
  const row: MovementRow = {
    id,
    kind,
    state,
    at: Number(at),
    title,
    reference,
    currency,
    minor: fromLimbs(hi, mid, lo),
    feeMinor: fromLimbs(feeHi, feeMid, feeLo),
    afterMinor: afterHi === null || afterMid === null || afterLo === null ? null : fromLimbs(afterHi, afterMid, afterLo),
    words,
  }
  return { n, row }
}

const selection = `SELECT m.n, m.id, f.kind, f.state, m.at, m.title, m.reference, m.words, f.currency, m.hi, m.mid, m.lo,
    m.fee_hi, m.fee_mid, m.fee_lo, m.after_hi, m.after_mid, m.after_lo
  FROM movement m JOIN movement_facet f ON f.n = m.facet`
const asRows = { bigints: true, arrays: true } as const

export type Facet = { readonly n: number; readonly currency: string; readonly kind: string; readonly state: string; readonly count: number }

const blank: Annotation = { note: '', labels: [] }
const facetKey = ({ currency, kind, state }: Pick<Facet, 'currency' | 'kind' | 'state'>): string => `${currency} ${kind} ${state}`

/** Reads and keeps single movements. */
export function movementRows(db: Database) {
  const byId = db.prepare<Columns>(`${selection} WHERE m.id = ?`, asRows)
  const byNumber = db.prepare<Columns>(`${selection} WHERE m.n = ?`, asRows)
  const latestAt = db.prepare<[bigint]>('SELECT n FROM movement WHERE n >= ? AND n < ? ORDER BY n DESC LIMIT 1', asRows)
  const selectFacet = db.prepare<{ n: number }>('SELECT n FROM movement_facet WHERE currency = ? AND kind = ? AND state = ?')
  const insertFacet = db.prepare('INSERT INTO movement_facet (currency, kind, state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const allFacets = db.prepare<Facet>('SELECT n, currency, kind, state, count FROM movement_facet')
  const insert = db.prepare(
    `INSERT INTO movement (n, id, facet, at, title, reference, words, hi, mid, lo, fee_hi, fee_mid, fee_lo, after_hi, after_mid, after_lo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const update = db.prepare(
    `UPDATE movement SET facet = ?, title = ?, reference = ?, words = ?, hi = ?, mid = ?, lo = ?,
      fee_hi = ?, fee_mid = ?, fee_lo = ?, after_hi = ?, after_mid = ?, after_lo = ? WHERE n = ?`,
  )
  const remove = db.prepare('DELETE FROM movement WHERE n = ?')
  const insertText = db.prepare('INSERT INTO movement_text (rowid, title, reference, words) VALUES (?, ?, ?, ?)')
  const removeText = db.prepare('DELETE FROM movement_text WHERE rowid = ?')
  const insertLabel = db.prepare('INSERT INTO movement_label (label, n, name) VALUES (?, ?, ?)')
  const removeLabels = db.prepare('DELETE FROM movement_label WHERE n = ?')
  const annotations = annotationRows(db)

  const openFacet = ({ currency, kind, state }: MovementRow): number => {
    insertFacet.run(currency, kind, state)
    const made = selectFacet.get(currency, kind, state)
    if (!made) throw new Error('a facet was not kept')
    return made.n
  }
  const valuesOf = ({ title, reference, words, minor, feeMinor, afterMinor }: MovementRow) => {
    const amount = toLimbs(minor)
    const fee = toLimbs(feeMinor)
    const after = afterMinor === null ? null : toLimbs(afterMinor)
    const ends = [after?.hi ?? null, after?.mid ?? null, after?.lo ?? null]
    return [title, reference, words, amount.hi, amount.mid, amount.lo, fee.hi, fee.mid, fee.lo, ...ends]
  }
  const nextNumber = (at: number): bigint => {
    const last = latestAt.get(firstNumberAt(at), firstNumberAt(at + 1))
    return last ? last[0] + 1n : firstNumberAt(at)
  }
  /** What the search and the filter by label find it by: its own words, and what the person wrote on it. */
  const describe = (n: bigint, { title, reference, words }: MovementRow, { note, labels }: Annotation): void => {
    insertText.run(n, indexed(title), indexed(reference), indexed([words, ...labels, note].join(' ')))
    for (const label of labels) insertLabel.run(labelKey(label), n, label)
  }
  const undescribe = (n: bigint): void => {
    removeText.run(n)
    removeLabels.run(n)
  }
  const sameText = (a: MovementRow, b: MovementRow): boolean => a.title === b.title && a.reference === b.reference && a.words === b.words
  const find = (id: string): NumberedMovement | undefined => {
    const columns = byId.get(id)
    return columns && toMovement(columns)
  }

  /** Inside one transaction: which facets there are, and on which of these movements the person wrote, is asked once. */
  const startPage = (ids: readonly string[]) => {
    const facets = new Map(allFacets.all().map(facet => [facetKey(facet), facet.n]))
    const annotated = annotations.among(ids)
    const annotationOf = (id: string): Annotation => (annotated.has(id) ? annotations.of(id) : blank)
    const facetOf = (row: MovementRow): number => {
      const key = facetKey(row)
      const n = facets.get(key) ?? openFacet(row)
      facets.set(key, n)
      return n
    }
    /** Index last: a statement that may be undone by itself, as each on a table with triggers, has all that is indexed before it written out. */
    const toIndex: (() => void)[] = []
    /** False where the number or the movement is there. */
    const add = (n: bigint, row: MovementRow): boolean => {
      if (insert.run(n, row.id, facetOf(row), row.at, ...valuesOf(row)).changes === 0) return false
      toIndex.push(() => describe(n, row, annotationOf(row.id)))
      return true
    }
    const replace = (row: MovementRow): void => {
      const known = find(row.id)
      if (known && known.row.at === row.at && sameText(known.row, row)) {
        update.run(facetOf(row), ...valuesOf(row), known.n)
        return
      }
      if (known) {
        remove.run(known.n)
        toIndex.push(() => undescribe(known.n))
      }
      if (!add(nextNumber(row.at), row)) throw new Error('a movement was not kept')
    }
    return {
      /** The newest state of a movement takes the place of the one that was there. Most are new and alone in their instant: it is tried before anything is asked. */
      keep: (row: MovementRow): void => {
        if (!add(firstNumberAt(row.at), row)) replace(row)
      },
      /** The last of a page: until then its movements are not found by their words and labels. */
      index: (): void => {
        for (const work of toIndex) work()
      },
    }
  }

  return {
    find,
    at: (n: bigint): MovementRow | undefined => {
      const columns = byNumber.get(n)
      return columns && toMovement(columns).row
    },
    facets: (): readonly Facet[] => allFacets.all(),
    /** What was written on this subject is another now. Where it is no movement, or one that is not here yet, nothing is to be done. */
    annotate: (subject: string): void => {
      const id = movementOf(subject)
      const known = id === undefined ? undefined : find(id)
      if (!known) return
      undescribe(known.n)
      describe(known.n, known.row, annotations.of(known.row.id))
    },
    startPage,
  }
}

export type MovementRows = ReturnType<typeof movementRows>
