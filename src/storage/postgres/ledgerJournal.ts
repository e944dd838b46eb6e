import type { Outcome } from '#core/failure/outcome.ts'
import type { LedgerAnswer, PostedLeg, Posting } from '#core/ledger/command.ts'
import { answerText } from '../sqlite/ledgerAnswers.ts'
import type { AnsweredCommand, JournalEntry } from '../sqlite/ledgerJournal.ts'
import type { Transaction } from './connection.ts'
import { insertInto, type Lookup } from './together.ts'

type EntryRow = Omit<Posting, 'legs' | 'kind'> & AnsweredCommand & { readonly kind: Posting['kind'] | null }

const anyUnder: Lookup<{ readonly id: string }> = {
  table: 'ledger_journal',
  sql: 'SELECT id FROM ledger_journal WHERE id = ANY ($1) ORDER BY id',
  keyOf: ({ id }) => [id],
  isRemembered: true,
}
const insertEntry = insertInto(
  'ledger_journal',
  'id, body, answer, kind, subject, effective_at, recorded_at, reverses',
  ...['TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'BIGINT', 'BIGINT', 'TEXT'],
)
const insertLeg = insertInto(
  'ledger_leg',
  'account, version, posting, position, minor, after, chain',
  ...['TEXT', 'BIGINT', 'TEXT', 'INTEGER', 'NUMERIC', 'NUMERIC', 'TEXT'],
)
const answers = {}
type Answered = { readonly body: string; readonly answer: Outcome<LedgerAnswer> }

/** The statements of the journal and its legs. Each works inside the caller's transaction. */
export function ledgerJournal(tx: Transaction) {
  const answered = tx.shared(answers, () => new Map<string, Answered>())
  const entry = async (id: string): Promise<JournalEntry | undefined> => {
    const row = await tx.get<EntryRow>(
      `SELECT id, body, answer, kind, subject, effective_at AS "effectiveAt", recorded_at AS "recordedAt", reverses
       FROM ledger_journal WHERE id = $1`,
      id,
    )
    if (!row) return undefined
    const { body, answer, kind, ...rest } = row
    if (!kind) return { command: { body, answer }, posting: () => null }
    const legs = await tx.all<PostedLeg>(
      'SELECT account, minor, after, version, chain FROM ledger_leg WHERE posting = $1 ORDER BY position',
      id,
    )
    return { command: { body, answer }, posting: () => ({ ...rest, kind, legs }) }
  }
  return {
    entry,
    posting: async (id: string): Promise<Posting | undefined> => (await entry(id))?.posting() ?? undefined,
    isReversed: async (posting: string): Promise<boolean> =>
      (await tx.get('SELECT id FROM ledger_journal WHERE reverses = $1', posting)) !== undefined,
    /** Whether an id that was not answered in this transaction has its answer already. */
    isAnswered: async (id: string): Promise<boolean> => !answered.has(id) && (await tx.look(anyUnder, id)).length > 0,
    /** What was answered in this transaction. */
    answered: (id: string): Answered | undefined => answered.get(id),
    /** Notes what was answered under an id that has no answer, and the posting with its legs. */
    keep: (id: string, body: string, answer: Outcome<LedgerAnswer>): void => {
      answered.set(id, { body, answer })
      const posting = answer.ok ? answer.value.posting : null
      const { kind = null, subject = null, effectiveAt = null, recordedAt = null, reverses = null } = posting ?? {}
      tx.put(insertEntry, id, id, body, answerText(answer), kind, subject, effectiveAt, recordedAt, reverses)
      for (const [index, leg] of (posting?.legs ?? []).entries())
        tx.put(insertLeg, `${leg.account} ${leg.version}`, leg.account, leg.version, id, index + 1, leg.minor, leg.after, leg.chain)
    },
  }
}
