import type { StatementLine } from '#core/exports/format.ts'
import { Fault } from '#core/failure/faults.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import { fromLimbs } from '#core/money/limbs.ts'
import type { StatementJob, StatementProofRow } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { limbColumns } from '../migrations/ledger/limbs.ts'
import { firstNumberAt } from './movements.ts'

type Period = Pick<StatementJob, 'from' | 'until' | 'currencies'>
type OwnAccount = { readonly n: number; readonly currency: CurrencyCode }

/** A statement is a stretch of the book: the postings from <= n < until, on these accounts. Nothing that is written later can enter it. */
export type Stretch = { readonly from: number; readonly until: number; readonly accounts: readonly OwnAccount[] }

const arrays = { arrays: true } as const
const exact = { arrays: true, bigints: true } as const

const disproved = (currency: string, what: string) =>
  new Fault('database_damaged', { cause: new Error(`the ${currency} statement does not add up: ${what}`) })

/** The number of the first posting that was written at or after `at`: a wallet's journal holds postings only, in the order of their time. */
function firstPostingAt(db: Database, at: number): number {
  const end = db.prepare<[number]>('SELECT coalesce(max(n), 0) + 1 FROM ledger_journal', arrays).get()?.[0] ?? 1
  const recordedAt = db.prepare<[number]>('SELECT recorded_at FROM ledger_journal WHERE n = ?', arrays)
  let low = 1
  let high = end
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((recordedAt.get(middle)?.[0] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

export function stretchOf(db: Database, { from, until, currencies }: Period): Stretch {
  const own = db.prepare<OwnAccount>(`SELECT n, currency FROM ledger_account WHERE owner = 'me' ORDER BY n`).all()
  const accounts = own.filter(({ currency }) => isCurrencyCode(currency) && (currencies === null || currencies.includes(currency)))
  return {
    from: from === null ? 1 : firstPostingAt(db, from),
    until: firstPostingAt(db, until ?? Number.MAX_SAFE_INTEGER),
    accounts,
  }
}

type Sums = [count: bigint, hi: bigint, mid: bigint, lo: bigint]

/**
 * Opening + movements = closing for one account, each end found in two ways that know nothing of each other: the sum of all legs up to it,
 * and the balance that its last leg left.
 */
function proveAccount(db: Database, { n, currency }: OwnAccount, { from, until }: Stretch): StatementProofRow {
  const lastBefore = db.prepare<[hi: bigint, mid: bigint, lo: bigint]>(
    'SELECT after_hi, after_mid, after_lo FROM ledger_leg WHERE account = ? AND version = ?',
    exact,
  )
  const postingOf = db.prepare<[number]>('SELECT posting FROM ledger_leg WHERE account = ? AND version = ?', arrays)
  const newest = db.prepare<[number]>('SELECT coalesce(max(version), 0) FROM ledger_leg WHERE account = ?', arrays).get(n)?.[0] ?? 0
  const sums = db.prepare<Sums>(
    'SELECT count(*), coalesce(sum(hi), 0), coalesce(sum(mid), 0), coalesce(sum(lo), 0) FROM ledger_leg WHERE account = ? AND version > ? AND version <= ?',
    exact,
  )
  const versionBefore = (posting: number): number => {
    let low = 0
    let high = newest
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((postingOf.get(n, middle)?.[0] ?? 0) < posting) low = middle
      else high = middle - 1
    }
    return low
  }
  const told = (version: number): bigint => {
    const row = lastBefore.get(n, version)
    return row ? fromLimbs(...row) : 0n
  }
  const added = (after: number, upTo: number): { count: number; minor: bigint } => {
    const [count = 0n, hi = 0n, mid = 0n, lo = 0n] = sums.get(n, after, upTo) ?? []
    return { count: Number(count), minor: fromLimbs(hi, mid, lo) }
  }
  const start = versionBefore(from)
  const end = versionBefore(until)
  const before = added(0, start)
  const within = added(start, end)
  const closingMinor = before.minor + within.minor
  if (before.minor !== told(start)) throw disproved(currency, `its legs before are ${before.minor}, its balance was ${told(start)}`)
  if (closingMinor !== told(end)) throw disproved(currency, `opening and movements are ${closingMinor}, its balance is ${told(end)}`)
  if (within.count !== end - start) throw disproved(currency, 'legs are missing')
  return { currency, openingMinor: before.minor, movements: within.count, sumMinor: within.minor, closingMinor }
}

/** Currencies that have neither a balance nor a movement in the period are left out, unless they were asked for. */
export function prove(db: Database, stretch: Stretch, asked: readonly CurrencyCode[] | null): readonly StatementProofRow[] {
  const rows = stretch.accounts.map(account => proveAccount(db, account, stretch))
  return asked ? rows : rows.filter(({ openingMinor, movements }) => openingMinor !== 0n || movements > 0)
}

type LineColumns = [
  id: string,
  at: number,
  kind: StatementLine['kind'],
  currency: CurrencyCode,
  minor: number | string,
  after: number | string,
  fee: number | string | null,
  title: string | null,
  reference: string | null,
]

/** An amount as one number where its lowest limb is all of it, else as text with all three: most rows are read without a bigint. */
function oneColumn(prefix: string): string {
  const [hi, mid, lo] = limbColumns(prefix)
  return `CASE WHEN ${hi} = 0 AND ${mid} = 0 THEN ${lo} ELSE ${hi} || ':' || ${mid} || ':' || ${lo} END`
}

function minorOf(column: number | string | null): bigint {
  if (column === 0) return 0n
  if (typeof column === 'number') return BigInt(column)
  if (column === null) return 0n
  const [hi = 0, mid = 0, lo = 0] = column.split(':').map(Number)
  return fromLimbs(hi, mid, lo)
}

/** How many rows are read at once. Between two blocks the thread serves other calls. */
const blockSize = 1000

/** The lines of a stretch as the book has them, in its order: what is true whatever the history says. */
export function* linesOfBook(db: Database, { from, until, accounts }: Stretch): Generator<readonly StatementLine[]> {
  const numbers = accounts.map(({ n }) => n).join(', ')
  const select = db.prepare<LineColumns>(
    `SELECT p.subject, p.recorded_at, p.kind, a.currency, ${oneColumn('l.')}, ${oneColumn('l.after_')},
       ${oneColumn('m.fee_')}, m.title, m.reference
     FROM ledger_journal p
     CROSS JOIN ledger_leg l INDEXED BY ledger_leg_posting ON l.posting = p.n AND l.account IN (${numbers})
     CROSS JOIN ledger_account a ON a.n = l.account
     LEFT JOIN movement m ON m.id = p.subject
     WHERE p.n >= ? AND p.n < ? ORDER BY p.n, l.account, l.version`,
    arrays,
  )
  for (let n = from; n < until; n += blockSize)
    yield select.all(n, Math.min(n + blockSize, until)).map(([id, at, kind, currency, minor, after, fee, title, reference]) => ({
      id,
      at,
      kind,
      currency,
      minor: minorOf(minor),
      afterMinor: minorOf(after),
      feeMinor: minorOf(fee),
      title: title ?? '',
      reference: reference ?? '',
    }))
}

type MovementColumns = [
  id: string,
  facet: number,
  at: number,
  title: string,
  reference: string,
  minor: number | string,
  fee: number | string,
  after: number | string | null,
]
type Facet = { readonly n: number; readonly kind: StatementLine['kind']; readonly currency: CurrencyCode }

/**
 * The same lines from the history, which is one table in the order of time and several times as fast to read. The history is told by the service and
 * not derived from the book, so whoever writes these lines must add them up, and turn to the book where they do not leave its balances.
 */
export function* linesOfHistory(db: Database, { accounts }: Stretch, { from, until }: Period): Generator<readonly StatementLine[]> {
  const currencies = new Set<string>(accounts.map(({ currency }) => currency))
  const facets = db.prepare<Facet>(`SELECT n, kind, currency FROM movement_facet WHERE state = 'done'`).all()
  const chosen = new Map(facets.filter(({ currency }) => currencies.has(currency)).map(facet => [facet.n, facet]))
  const newest = db.prepare<[bigint]>('SELECT coalesce(max(n), 0) FROM movement', exact).get()?.[0] ?? 0n
  const end = until === null ? newest + 1n : firstNumberAt(until)
  const numberOf = db.prepare<[bigint]>('SELECT n FROM movement WHERE id = ?', exact)
  const select = db.prepare<MovementColumns>(
    `SELECT id, facet, at, title, reference, ${oneColumn('')}, ${oneColumn('fee_')}, ${oneColumn('after_')}
     FROM movement WHERE n >= ? AND n < ? ORDER BY n LIMIT ${blockSize}`,
    arrays,
  )
  for (let start = from === null ? 0n : firstNumberAt(from); start < end; ) {
    const rows = select.all(start, end)
    const last = rows.length === blockSize ? numberOf.get(rows[blockSize - 1]?.[0] ?? '')?.[0] : undefined
    start = last === undefined ? end : last + 1n
    const lines: StatementLine[] = []
    for (const [id, facet, at, title, reference, minor, fee, after] of rows) {
      const of = chosen.get(facet)
      if (of === undefined || after === null) continue
      const { kind, currency } = of
      lines.push({ id, at, kind, currency, minor: minorOf(minor), afterMinor: minorOf(after), feeMinor: minorOf(fee), title, reference })
    }
    yield lines
  }
}
