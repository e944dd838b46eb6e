import type { PostedLeg, Posting } from '#core/ledger/command.ts'
import type { AnsweredCommand, JournalEntry } from '../sqlite/ledgerJournal.ts'
import type { Transaction } from './connection.ts'

type EntryRow = Omit<Posting, 'legs' | 'kind'> & AnsweredCommand & { readonly kind: Posting['kind'] | null }

/** The statements of the journal and its legs. Each works inside the caller's transaction. */
export function ledgerJournal(tx: Transaction) {
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
    /** Notes what was answered under an id, before anything else is written: false where the id has its answer already. */
    keepEntry: async (id: string, { body, answer }: AnsweredCommand, posting: Posting | null): Promise<boolean> => {
      const { kind = null, subject = null, effectiveAt = null, recordedAt = null, reverses = null } = posting ?? {}
      const written = await tx.run(
        `INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at, reverses)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
        ...[id, body, answer, kind, subject, effectiveAt, recordedAt, reverses],
      )
      return written === 1
    },
    keepLegs: async ({ id, legs }: Posting): Promise<void> => {
      for (const [index, { account, version, minor, after, chain }] of legs.entries())
        await tx.run(
          'INSERT INTO ledger_leg (account, version, posting, position, minor, after, chain) VALUES ($1, $2, $3, $4, $5, $6, $7)',
          ...[account, version, id, index + 1, minor, after, chain],
        )
    },
  }
}
