import { Fault } from '#core/failure/faults.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { PostedLeg, Posting } from '#core/ledger/command.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'
import type { JournalRow } from '../move.ts'
import type { Database } from './connection.ts'

/** What was asked, as a hash, and what was answered. */
export type AnsweredCommand = { readonly body: string; readonly answer: string }
/** What stands under an id. A posting that was mirrored was asked of another book: there is no command here. */
export type JournalEntry = { readonly command: AnsweredCommand | null; posting(): Posting | null }

type EntryColumns = [
  n: number,
  id: string,
  body: string | null,
  answer: string | null,
  kind: Posting['kind'] | null,
  subject: string,
  effectiveAt: number,
  recordedAt: number,
  reverses: string | null,
  legs: string,
  first: number | null,
  firstVersion: number,
  second: number,
  secondVersion: number,
  hi: number,
  mid: number,
  lo: number,
]
/** A posting's legs by their keys, in their order, with their amounts as limbs. */
type LegKey = readonly [account: number, version: number, hi: number, mid: number, lo: number]
type LegColumns = [
  account: AccountId,
  posting: number,
  hi: number,
  mid: number,
  lo: number,
  afterHi: number,
  afterMid: number,
  afterLo: number,
  chain: string,
]

const damaged = (what: string, cause?: unknown) => new Fault('database_damaged', { cause: new Error(what, { cause }) })

function keysOf([, id, , , , , , , , legs, first, firstVersion, second, secondVersion, hi, mid, lo]: EntryColumns): readonly LegKey[] {
  if (first !== null && legs === '[]')
    return [
      [first, firstVersion, hi, mid, lo],
      [second, secondVersion, -hi, -mid, -lo],
    ]
  try {
    const keys: unknown = JSON.parse(legs)
    if (first === null && Array.isArray(keys)) return keys
  } catch (error) {
    throw damaged(`posting ${id} cannot be read`, error)
  }
  throw damaged(`posting ${id} cannot be read`)
}

const pair = 'first, first_version, second, second_version, hi, mid, lo'
const selectEntry = `SELECT n, id, body, answer, kind, subject, effective_at, recorded_at, reverses, legs, ${pair} FROM ledger_journal`
const arrays = { arrays: true } as const

/** The statements of the journal and its legs, prepared once a connection. Each works inside the caller's transaction. */
export function ledgerJournal(db: Database) {
  const selectOne = db.prepare<EntryColumns>(`${selectEntry} WHERE id = ?`, arrays)
  const selectPostings = db.prepare<EntryColumns>(`${selectEntry} WHERE n > ? AND n < ? AND legs IS NOT NULL ORDER BY n LIMIT ?`, arrays)
  const selectEntries = db.prepare<EntryColumns>(`${selectEntry} WHERE n > ? ORDER BY n LIMIT ?`, arrays)
  const selectReversal = db.prepare('SELECT 1 FROM ledger_journal WHERE reverses = ?')
  const insertEntry = db.prepare(
    `INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at, reverses, legs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  )
  const insertPair = db.prepare(
    `INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at, reverses, legs, ${pair})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  )
  const selectLeg = db.prepare<LegColumns>(
    `SELECT a.id, l.posting, l.hi, l.mid, l.lo, l.after_hi, l.after_mid, l.after_lo, l.chain FROM ledger_leg l JOIN ledger_account a ON a.n = l.account
     WHERE l.account = ? AND l.version = ?`,
    arrays,
  )
  /** One a call: where a table has triggers, a statement of many rows keeps them in a temporary table first. */
  const insertLeg = db.prepare(
    `INSERT INTO ledger_leg (account, version, posting, hi, mid, lo, after_hi, after_mid, after_lo, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  const toLeg = (posting: number, id: string, [n, version, ...named]: LegKey): PostedLeg => {
    const row = selectLeg.get(n, version)
    const [account, of, hi = 0, mid = 0, lo = 0, afterHi = 0, afterMid = 0, afterLo = 0, chain = ''] = row ?? []
    if (!account || of !== posting || hi !== named[0] || mid !== named[1] || lo !== named[2])
      throw damaged(`posting ${id} names a leg that is not in the book so`)
    return { account, minor: fromLimbs(hi, mid, lo), after: fromLimbs(afterHi, afterMid, afterLo), version, chain }
  }
  const toPosting = (columns: EntryColumns): Posting | null => {
    const [n, id, , , kind, subject, effectiveAt, recordedAt, reverses] = columns
    if (!kind) return null
    return { id, kind, subject, effectiveAt, recordedAt, reverses, legs: keysOf(columns).map(key => toLeg(n, id, key)) }
  }
  const entry = (id: string): JournalEntry | undefined => {
    const row = selectOne.get(id)
    if (!row) return undefined
    const [, , body, answer] = row
    return { command: body !== null && answer !== null ? { body, answer } : null, posting: () => toPosting(row) }
  }

  return {
    entry,
    posting: (id: string): Posting | undefined => entry(id)?.posting() ?? undefined,
    isReversed: (posting: string): boolean => selectReversal.get(posting) !== undefined,
    /** Postings between two entries, in their order. */
    postingsBetween: (after: number, before: number, limit: number): readonly { readonly n: number; readonly posting: Posting }[] =>
      selectPostings.all(after, before, limit).flatMap(row => {
        const posting = toPosting(row)
        return posting ? [{ n: row[0], posting }] : []
      }),
    /** What stands under each id, a mirrored posting left out, in the order in which it was noted. */
    entriesAfter: (after: number, limit: number): readonly JournalRow[] =>
      selectEntries.all(after, limit).flatMap(row => {
        const [n, id, body, answer] = row
        return body === null || answer === null ? [] : [{ n, id, body, answer, posting: toPosting(row) }]
      }),
    /**
     * Notes what was answered under an id, before anything else is written: false where the id has its answer already. The posting's legs are written
     * after what they need (`keepLegs`).
     */
    keepEntry: (id: string, command: AnsweredCommand | null, posting: Posting | null, numberOf: (id: AccountId) => number) => {
      const [body, answer] = command ? [command.body, command.answer] : [null, null]
      if (!posting) return insertEntry.run(id, body, answer, null, null, null, null, null, null)
      const { kind, subject, effectiveAt, recordedAt, reverses } = posting
      const [first, second, ...more] = posting.legs
      if (first && second && more.length === 0) {
        const { hi, mid, lo } = toLimbs(first.minor)
        const [one, other] = [numberOf(first.account), numberOf(second.account)]
        const { version } = second
        return insertPair.run(
          id,
          body,
          answer,
          kind,
          subject,
          effectiveAt,
          recordedAt,
          reverses,
          one,
          first.version,
          other,
          version,
          hi,
          mid,
          lo,
        )
      }
      const keys = posting.legs.map(({ account, minor, version }): LegKey => {
        const { hi, mid, lo } = toLimbs(minor)
        return [numberOf(account), version, hi, mid, lo]
      })
      return insertEntry.run(id, body, answer, kind, subject, effectiveAt, recordedAt, reverses, JSON.stringify(keys))
    },
    keepLegs: (posting: number | bigint, legs: readonly PostedLeg[], numberOf: (id: AccountId) => number): void => {
      for (const { account, minor, after, version, chain } of legs) {
        const leg = toLimbs(minor)
        const end = toLimbs(after)
        insertLeg.run(numberOf(account), version, posting, leg.hi, leg.mid, leg.lo, end.hi, end.mid, end.lo, chain)
      }
    },
  }
}
