import { no, type Outcome } from '#core/failure/outcome.ts'
import { parseAccountId } from '#core/ledger/accountId.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { decide, hasId } from '#core/ledger/decide.ts'
import { accountsNamed } from '#core/ledger/named.ts'
import type { LedgerSnapshot } from '#core/ledger/snapshot.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { digest } from '../digest.ts'
import { readAnswer } from '../sqlite/ledgerAnswers.ts'
import type { Transaction } from './connection.ts'
import { ledgerJournal } from './ledgerJournal.ts'
import { ledgerRows } from './ledgerRows.ts'

/**
 * The book in PostgreSQL, inside one transaction. What a command is decided upon is locked first, in one order, so that the decision still holds when
 * it is written. The works of a transaction decide one after another upon what all of them have locked, and what they decide is written together. Its
 * tables are `ledgerMigrations`.
 */
export function postgresLedger(tx: Transaction): LedgerStore {
  const rows = ledgerRows(tx)
  const journal = ledgerJournal(tx)

  /** The hold that the command names first, then all accounts that it stands on, at once; whether a posting was taken back is asked when they are locked. */
  const lock = async (command: LedgerCommand): Promise<LedgerSnapshot> => {
    if ('hold' in command) await rows.lockHold(command.hold)
    const hold = 'hold' in command ? rows.lockedHold(command.hold) : undefined
    const posting = command.type === 'reverse' ? await journal.posting(command.posting) : undefined
    const ids = new Set([
      ...accountsNamed(command),
      ...(hold ? [hold.account] : []),
      ...(posting?.legs ?? []).map(({ account }) => account),
    ])
    await rows.lockAccounts([...ids])
    const isReversed = posting !== undefined && (await journal.isReversed(posting.id))
    return {
      digest,
      account: rows.locked,
      hold: rows.lockedHold,
      posting: id => (posting?.id === id ? posting : undefined),
      isReversed: () => isReversed,
    }
  }
  const write = (snapshot: LedgerSnapshot, command: LedgerCommand, { hold, accounts }: LedgerAnswer): void => {
    if (command.type === 'open' && snapshot.account(command.account)) return
    for (const state of accounts) rows.saveAccount(state)
    if (hold) rows.saveHold(hold)
  }
  const earlier = async (id: string, body: string): Promise<Outcome<LedgerAnswer>> => {
    const entry = await journal.entry(id)
    return entry?.command?.body === body ? readAnswer(entry.command.answer, entry.posting) : no('id_reused', { id })
  }
  /** An id is looked up beside what the command stands on. From the decision on nothing is waited for: what one work decides the next one sees. */
  const post = async (command: LedgerCommand): Promise<Outcome<LedgerAnswer>> => {
    const { id } = command
    const body = digest(bodyOf(command))
    const [isAnswered, snapshot] = await Promise.all([hasId(command) && journal.isAnswered(id), lock(command)])
    const here = journal.answered(id)
    if (here) return here.body === body ? here.answer : no('id_reused', { id })
    if (isAnswered) return earlier(id, body)
    const answer = decide(snapshot, command)
    if (!hasId(command)) return answer
    journal.keep(id, body, answer)
    if (answer.ok) write(snapshot, command, answer.value)
    return answer
  }

  return {
    post,
    // A holder's account is looked at to decide about it; one that many share is only looked for, and is locked no longer than its posting needs.
    account: async id => {
      if (parseAccountId(id)?.kind !== 'holder') return rows.account(id)
      await rows.lockAccounts([id])
      return rows.locked(id)
    },
    accountsOf: rows.accountsOf,
    posting: journal.posting,
  }
}
