import { labelKey } from '#core/personal/annotation.ts'
import type { MovementFilter, MovementPage, MovementRow } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { type Facet, firstNumberAt, lastNumber, type MovementRows } from './movements.ts'
import { matchOf } from './words.ts'

/** Counting stops here: "more than 10,000" is all that a person wants to know. */
const countedUpTo = 10_000

/** Numbers of movements: from <= n < until, newest first. */
type Span = { readonly from: bigint; readonly until: bigint }
type Found = { page(span: Span, limit: number): readonly bigint[]; count(span: Span): number }

const numbers = { bigints: true, arrays: true } as const

const spanOf = ({ from, until }: MovementFilter): Span => ({
  from: from === undefined ? 0n : firstNumberAt(from),
  until: until === undefined ? lastNumber : firstNumberAt(until),
})

const allows = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.length === 0 || list.includes(value)

/** The chosen facets; undefined where all of them are, so that the table itself is walked. */
function chosenFacets({ currencies, kinds, states }: MovementFilter, facets: readonly Facet[]): readonly Facet[] | undefined {
  const chosen = facets.filter(
    facet => allows(currencies, facet.currency) && allows(kinds, facet.kind) && allows(states, facet.state) && facet.count > 0,
  )
  return chosen.length === facets.filter(facet => facet.count > 0).length ? undefined : chosen
}

function everything(db: Database): Found {
  const page = db.prepare<[bigint]>('SELECT n FROM movement WHERE n >= ? AND n < ? ORDER BY n DESC LIMIT ?', numbers)
  const count = db.prepare<[number]>('SELECT count(*) FROM (SELECT 1 FROM movement WHERE n >= ? AND n < ? LIMIT ?)', { arrays: true })
  return {
    page: ({ from, until }, limit) => page.all(from, until, limit).map(([n]) => n),
    count: ({ from, until }) => count.get(from, until, countedUpTo + 1)?.[0] ?? 0,
  }
}

/** One walk along the index for each facet; what they find is merged. */
function inFacets(db: Database, facets: readonly Facet[]): Found {
  const page = db.prepare<[bigint]>('SELECT n FROM movement WHERE facet = ? AND n >= ? AND n < ? ORDER BY n DESC LIMIT ?', numbers)
  const count = db.prepare<[number]>('SELECT count(*) FROM (SELECT 1 FROM movement WHERE facet = ? AND n >= ? AND n < ? LIMIT ?)', {
    arrays: true,
  })
  return {
    page: ({ from, until }, limit) =>
      facets
        .flatMap(facet => page.all(facet.n, from, until, limit))
        .map(([n]) => n)
        .sort((a, b) => (a < b ? 1 : -1))
        .slice(0, limit),
    count: ({ from, until }) => {
      let sum = 0
      for (const facet of facets) {
        if (sum > countedUpTo) break
        sum += count.get(facet.n, from, until, countedUpTo + 1 - sum)?.[0] ?? 0
      }
      return sum
    },
  }
}

const chosenBy = (facets: readonly Facet[] | undefined, n: string): string =>
  facets ? `AND (SELECT facet FROM movement WHERE n = ${n}) IN (${facets.map(facet => facet.n).join(', ')})` : ''

/** One walk from the newest row back: `from` names its rows `n`, and takes the values, then the span. */
function walking(db: Database, from: string, values: readonly string[]): Found {
  const page = db.prepare<[bigint]>(`SELECT n FROM (${from}) ORDER BY n DESC LIMIT ?`, numbers)
  const count = db.prepare<[number]>(`SELECT count(*) FROM (${from} LIMIT ?)`, { arrays: true })
  return {
    page: (span, limit) => page.all(...values, span.from, span.until, limit).map(([n]) => n),
    count: span => count.get(...values, span.from, span.until, countedUpTo + 1)?.[0] ?? 0,
  }
}

/** The search index walks from the newest row back, which is by date; ranking would cost more and say less. */
function matching(db: Database, match: string, facets: readonly Facet[] | undefined, label: string | undefined): Found {
  const labelled = label === undefined ? '' : 'AND t.rowid IN (SELECT n FROM movement_label WHERE label = ?)'
  const from = `SELECT t.rowid AS n FROM movement_text t WHERE movement_text MATCH ? ${labelled} AND t.rowid >= ? AND t.rowid < ? ${chosenBy(facets, 't.rowid')}`
  return walking(db, from, label === undefined ? [match] : [match, label])
}

const withLabel = (db: Database, label: string, facets: readonly Facet[] | undefined): Found =>
  walking(db, `SELECT l.n FROM movement_label l WHERE l.label = ? AND l.n >= ? AND l.n < ? ${chosenBy(facets, 'l.n')}`, [label])

const nothing: Found = { page: () => [], count: () => 0 }

function searchFor(db: Database, filter: MovementFilter, facets: readonly Facet[]): Found {
  const chosen = chosenFacets(filter, facets)
  if (chosen?.length === 0) return nothing
  const query = filter.query?.trim() ?? ''
  const label = filter.label === undefined ? undefined : labelKey(filter.label)
  if (query !== '') {
    const match = matchOf(query)
    return match === undefined ? nothing : matching(db, match, chosen, label)
  }
  if (label !== undefined) return withLabel(db, label, chosen)
  return chosen ? inFacets(db, chosen) : everything(db)
}

const keyPattern = /^\d{1,19}$/

/** One page of the history, newest first. `after` is the key that the page before gave; one that is no key starts at the newest. */
export function pageOf(db: Database, rows: MovementRows, filter: MovementFilter, after: string | null, limit: number): MovementPage {
  const span = spanOf(filter)
  const found = searchFor(db, filter, rows.facets())
  const key = after !== null && keyPattern.test(after) ? BigInt(after) : span.until
  const keys = found.page({ from: span.from, until: key < span.until ? key : span.until }, limit + 1)
  const shown = keys.slice(0, limit)
  const count = found.count(span)
  return {
    rows: shown.map(rows.at).filter((row): row is MovementRow => row !== undefined),
    next: keys.length > limit ? String(shown.at(-1) ?? '') : null,
    count: count > countedUpTo ? { value: countedUpTo, exact: false } : { value: count, exact: true },
  }
}
