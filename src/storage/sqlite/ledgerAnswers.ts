import { hash } from 'node:crypto'
import type { Decline, Outcome } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { HoldState, LedgerAnswer, LedgerCommand, Posting } from '#core/ledger/command.ts'
import type { Database } from './database.ts'

type StoredAnswer =
  | { readonly decline: Decline }
  | {
      /** The posting itself is read from the book: its id is the command's. */
      readonly posted: boolean
      readonly hold: (Omit<HoldState, 'minor'> & { readonly minor: string }) | null
      readonly accounts: readonly (readonly [id: AccountId, posted: string, held: string, version: number])[]
    }

function toStored(answer: Outcome<LedgerAnswer>): StoredAnswer {
  if (!answer.ok) return { decline: answer.decline }
  const { posting, hold, accounts } = answer.value
  return {
    posted: posting !== null,
    hold: hold && { ...hold, minor: String(hold.minor) },
    accounts: accounts.map(({ id, posted, held, version }) => [id, String(posted), String(held), version] as const),
  }
}

function fromStored(stored: StoredAnswer, posting: () => Posting | undefined): Outcome<LedgerAnswer> {
  if ('decline' in stored) return { ok: false, decline: stored.decline }
  return {
    ok: true,
    value: {
      posting: stored.posted ? (posting() ?? null) : null,
      hold: stored.hold && { ...stored.hold, minor: BigInt(stored.hold.minor) },
      accounts: stored.accounts.map(([id, posted, held, version]) => ({ id, posted: BigInt(posted), held: BigInt(held), version })),
    },
  }
}

/** The first answer to each command, kept for ever beside a hash of what was asked. */
export function ledgerAnswers(db: Database, posting: (id: string) => Posting | undefined) {
  const select = db.prepare<{ body: Buffer; answer: string }>('SELECT body, answer FROM ledger_command WHERE id = ?')
  const insert = db.prepare('INSERT INTO ledger_command (id, body, answer) VALUES (?, ?, ?)')
  return {
    bodyHash: (command: LedgerCommand): Buffer => hash('sha256', bodyOf(command), 'buffer'),
    earlier: (id: string): { readonly body: Buffer; answer(): Outcome<LedgerAnswer> } | undefined => {
      const row = select.get(id)
      return row && { body: row.body, answer: () => fromStored(JSON.parse(row.answer), () => posting(id)) }
    },
    keep: (id: string, body: Buffer, answer: Outcome<LedgerAnswer>): void => {
      insert.run(id, body, JSON.stringify(toStored(answer)))
    },
  }
}
