import { no, type Outcome } from '#core/failure/outcome.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { decide, hasId } from '#core/ledger/decide.ts'
import type { LedgerSnapshot } from '#core/ledger/snapshot.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { digest } from '../digest.ts'
import type { Database } from './database.ts'
import { answerText, readAnswer } from './ledgerAnswers.ts'
import { ledgerJournal } from './ledgerJournal.ts'
import { ledgerRows, type NumberedAccount } from './ledgerRows.ts'

export type SqliteLedger = LedgerStore & {
  /** `post` without waiting. Inside a transaction it is part of that one, else it is a durable one of its own. */
  postNow(command: LedgerCommand): Outcome<LedgerAnswer>
  /** Many commands in one commit, in order. Each keeps its own answer; one that is declined does not undo the others. */
  postAll(commands: readonly LedgerCommand[]): readonly Outcome<LedgerAnswer>[]
}

/** How many accounts are kept in memory between transactions: a few megabytes. */
const mostSeen = 10_000

/**
 * The book in SQLite. Its tables are `ledgerMigrations`; the rules that SQL can say stand in the tables again. One a connection, on which nobody else
 * writes to these tables.
 */
export function createLedgerStore(db: Database): SqliteLedger {
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)

  /** What was seen and changed, kept from one transaction to the next for as long as it stands: a busy account is not read for each command. */
  const seen = new Map<AccountId, NumberedAccount>()
  let mark: number | undefined
  const begin = (): void => {
    const now = db.mark()
    if (now !== mark || seen.size > mostSeen) seen.clear()
    mark = now
  }
  const load = (id: AccountId): NumberedAccount | undefined => {
    const known = seen.get(id)
    if (known) return known
    const row = rows.account(id)
    if (row) seen.set(id, row)
    return row
  }
  const snapshot: LedgerSnapshot = {
    digest,
    account: id => load(id)?.state,
    hold: id => rows.hold(id)?.state,
    posting: journal.posting,
    isReversed: journal.isReversed,
  }
  const known = (id: AccountId): NumberedAccount => {
    const row = load(id)
    if (!row) throw new Error(`the decision changed an account that is not there: ${id}`)
    return row
  }
  const numberOf = (id: AccountId): number => known(id).n
  const keep = (state: AccountState): void => {
    const { n, state: before } = known(state.id)
    if (state.status !== before.status) rows.saveStatus(n, state.status)
    seen.set(state.id, { n, state })
  }
  const keepAnswer = (command: LedgerCommand, { posting, hold, accounts }: LedgerAnswer, entry: number | bigint): void => {
    if (command.type === 'open') {
      if (!load(command.account)) rows.openAccount(command.account)
      return
    }
    // What a hold frees is freed before the legs that take it, for the tables check each leg.
    if (hold && command.type === 'hold') rows.keepHold(numberOf(hold.account), hold)
    else if (hold) rows.saveHold(hold)
    for (const state of accounts) keep(state)
    if (posting) journal.keepLegs(entry, posting.legs, numberOf)
  }
  const earlier = (id: string, body: string): Outcome<LedgerAnswer> => {
    const entry = journal.entry(id)
    return entry?.command?.body === body ? readAnswer(entry.command.answer, entry.posting) : no('id_reused', { id })
  }
  /** Decided first and then noted: where the id has its answer already nothing was written, and that is the answer. */
  const post = (command: LedgerCommand): Outcome<LedgerAnswer> => {
    const body = digest(bodyOf(command))
    const answer = decide(snapshot, command)
    if (!answer.ok && !hasId(command)) return answer
    const posting = answer.ok ? answer.value.posting : null
    const entry = journal.keepEntry(command.id, { body, answer: answerText(answer) }, posting, numberOf)
    if (entry.changes === 0) return earlier(command.id, body)
    if (answer.ok) keepAnswer(command, answer.value, entry.lastInsertRowid)
    return answer
  }
  const postAll = (commands: readonly LedgerCommand[]): readonly Outcome<LedgerAnswer>[] =>
    db.transaction(() => {
      begin()
      return commands.map(post)
    })
  const postNow = (command: LedgerCommand): Outcome<LedgerAnswer> =>
    db.transaction(() => {
      begin()
      return post(command)
    })

  return {
    post: async command => postNow(command),
    postNow,
    postAll,
    account: async id => rows.account(id)?.state,
    accountsOf: async owner => rows.accountsOf(owner).map(({ state }) => state),
    posting: async id => journal.posting(id),
  }
}
