import { Fault } from '#core/failure/faults.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { PostedLeg, Posting } from '#core/ledger/command.ts'
import { fromLimbs, toLimbs } from '#core/money/limbs.ts'
import type { Database } from './database.ts'

/** What was asked, as a hash, and what was answered. */
export type AnsweredCommand = { readonly body: string; readonly answer: string }
/** What stands under an id. A posting that was mirrored was asked of another book: there is no command here. */
export type JournalEntry = { readonly command: AnsweredCommand | null; posting(): Posting | null }

type EntryColumns = [
  body: string | null,
  answer: string | null,
  kind: Posting['kind'] | null,
  subject: string,
  effectiveAt: number,
  recordedAt: number,
  legs: string,
]
/** A posting's legs by their keys, in their order. */
type LegKeys = readonly (readonly [account: number, version: number])[]
type LegColumns = [account: AccountId, hi: bigint, lo: bigint, afterHi: bigint, afterLo: bigint, version: bigint]

const toLeg = ([account, hi, lo, afterHi, afterLo, version]: LegColumns): PostedLeg => ({
  account,
  minor: fromLimbs(hi, lo),
  after: fromLimbs(afterHi, afterLo),
  version: Number(version),
})

/** The statements of the journal and its legs, prepared once a connection. Each works inside the caller's transaction. */
export function ledgerJournal(db: Database) {
  const selectEntry = db.prepare<EntryColumns>(
    'SELECT body, answer, kind, subject, effective_at, recorded_at, legs FROM ledger_journal WHERE id = ?',
    { arrays: true },
  )
  const insertEntry = db.prepare(
    'INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at, legs) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const selectLeg = db.prepare<LegColumns>(
    `SELECT a.id, l.hi, l.lo, l.after_hi, l.after_lo, l.version FROM ledger_leg l JOIN ledger_account a ON a.n = l.account
     WHERE l.account = ? AND l.version = ?`,
    { bigints: true, arrays: true },
  )
  const insertLeg = db.prepare(
    'INSERT INTO ledger_leg (account, version, posting, hi, lo, after_hi, after_lo) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )

  const legsAt = (keys: LegKeys): readonly PostedLeg[] =>
    keys.map(key => {
      const row = selectLeg.get(...key)
      if (!row) throw new Fault('database_damaged', { cause: new Error('a posting names a leg that is not in the book') })
      return toLeg(row)
    })
  const entry = (id: string): JournalEntry | undefined => {
    const row = selectEntry.get(id)
    if (!row) return undefined
    const [body, answer, kind, subject, effectiveAt, recordedAt, legs] = row
    return {
      command: body !== null && answer !== null ? { body, answer } : null,
      posting: () => kind && { id, kind, subject, effectiveAt, recordedAt, legs: legsAt(JSON.parse(legs)) },
    }
  }

  return {
    entry,
    posting: (id: string): Posting | undefined => entry(id)?.posting() ?? undefined,
    /** Of a command that moved no money. */
    keepAnswer: (id: string, { body, answer }: AnsweredCommand): void => {
      insertEntry.run(id, body, answer, null, null, null, null, null)
    },
    /** @returns the posting's number. */
    keepPosting: (posting: Posting, numberOf: (id: AccountId) => bigint, command?: AnsweredCommand): number | bigint => {
      const { id, kind, subject, effectiveAt, recordedAt, legs } = posting
      const { body = null, answer = null } = command ?? {}
      const keys: LegKeys = legs.map(({ account, version }) => [Number(numberOf(account)), version])
      const n = insertEntry.run(id, body, answer, kind, subject, effectiveAt, recordedAt, JSON.stringify(keys)).lastInsertRowid
      for (const { account, minor, after, version } of legs) {
        const leg = toLimbs(minor)
        const end = toLimbs(after)
        insertLeg.run(numberOf(account), version, n, leg.hi, leg.lo, end.hi, end.lo)
      }
      return n
    },
  }
}
