import { no, type Outcome } from '#core/failure/outcome.ts'
import { parseAccountId } from '#core/ledger/accountId.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { decide, hasId } from '#core/ledger/decide.ts'
import { accountsNamed } from '#core/ledger/named.ts'
import type { LedgerSnapshot } from '#core/ledger/snapshot.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { digest } from '../digest.ts'
import { answerText, readAnswer } from '../sqlite/ledgerAnswers.ts'
import type { Transaction } from './connection.ts'
import { ledgerJournal } from './ledgerJournal.ts'
import { ledgerRows } from './ledgerRows.ts'

/**
 * The book in PostgreSQL, inside one transaction. What a command is decided upon is locked first, in one order, so that the decision still holds when
 * it is written. Its tables are `ledgerMigrations`.
 */
export function postgresLedger(tx: Transaction): LedgerStore {
  const rows = ledgerRows(tx)
  const journal = ledgerJournal(tx)

  /** The hold that the command names first, then all accounts that it stands on, at once; whether a posting was taken back is asked when they are locked. */
  const lock = async (command: LedgerCommand): Promise<LedgerSnapshot> => {
    const hold = 'hold' in command ? await rows.hold(command.hold) : undefined
    const posting = command.type === 'reverse' ? await journal.posting(command.posting) : undefined
    const ids = new Set([
      ...accountsNamed(command),
      ...(hold ? [hold.account] : []),
      ...(posting?.legs ?? []).map(({ account }) => account),
    ])
    const accounts = new Map(ids.size === 0 ? [] : (await rows.lockAccounts([...ids])).map(state => [state.id, state]))
    const isReversed = posting !== undefined && (await journal.isReversed(posting.id))
    return {
      digest,
      account: id => accounts.get(id),
      hold: id => (hold?.id === id ? hold : undefined),
      posting: id => (posting?.id === id ? posting : undefined),
      isReversed: () => isReversed,
    }
  }
  const write = async (snapshot: LedgerSnapshot, command: LedgerCommand, { posting, hold, accounts }: LedgerAnswer): Promise<void> => {
    if (command.type === 'open') {
      if (!snapshot.account(command.account)) await rows.openAccount(command.account)
      return
    }
    for (const state of accounts) await rows.saveAccount(state)
    if (posting) await journal.keepLegs(posting)
    if (hold && snapshot.hold(hold.id)) await rows.saveHold(hold)
    else if (hold) await rows.openHold(hold)
  }
  const earlier = async (id: string, body: string): Promise<Outcome<LedgerAnswer>> => {
    const entry = await journal.entry(id)
    return entry?.command?.body === body ? readAnswer(entry.command.answer, entry.posting) : no('id_reused', { id })
  }
  /** Decided first and then noted: where the id has its answer already nothing was written, and that is the answer. */
  const post = async (command: LedgerCommand): Promise<Outcome<LedgerAnswer>> => {
    const body = digest(bodyOf(command))
    const snapshot = await lock(command)
    const answer = decide(snapshot, command)
    if (!hasId(command)) return answer
    const isNew = await journal.keepEntry(command.id, { body, answer: answerText(answer) }, answer.ok ? answer.value.posting : null)
    if (!isNew) return earlier(command.id, body)
    if (answer.ok) await write(snapshot, command, answer.value)
    return answer
  }

  return {
    post,
    // A holder's account is looked at to decide about it; one that many share is only looked for, and is locked no longer than its posting needs.
    account: async id => (parseAccountId(id)?.kind === 'holder' ? (await rows.lockAccounts([id]))[0] : rows.account(id)),
    accountsOf: rows.accountsOf,
    posting: journal.posting,
  }
}
