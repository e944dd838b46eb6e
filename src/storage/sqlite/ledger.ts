import { no, type Outcome } from '#core/failure/outcome.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { decide } from '#core/ledger/decide.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import type { Database } from './database.ts'
import { answerText, bodyHash, readAnswer } from './ledgerAnswers.ts'
import { ledgerJournal } from './ledgerJournal.ts'
import { ledgerRows, type NumberedAccount, type NumberedHold } from './ledgerRows.ts'

export type SqliteLedger = LedgerStore & {
  /** `post` without waiting. Inside a transaction it is part of that one, else it is a durable one of its own. */
  postNow(command: LedgerCommand): Outcome<LedgerAnswer>
  /** Many commands in one commit, in order. Each keeps its own answer; one that is declined does not undo the others. */
  postAll(commands: readonly LedgerCommand[]): readonly Outcome<LedgerAnswer>[]
}

const stateOf = ({ id, posted, held, version }: AccountState): AccountState => ({ id, posted, held, version })

/** The book in SQLite. Its tables are `ledgerMigrations`; the rules that SQL can say stand in the tables again. */
export function createLedgerStore(db: Database): SqliteLedger {
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)

  /** The accounts of one transaction: each is read once and written once, however many commands meet in it. */
  const startAccounts = () => {
    const known = new Map<AccountId, NumberedAccount>()
    const changed = new Set<AccountId>()
    const load = (id: AccountId): NumberedAccount | undefined => {
      const state = known.get(id) ?? rows.account(id)
      if (state) known.set(id, state)
      return state
    }
    const numberOf = (id: AccountId): bigint => {
      const state = load(id)
      if (!state) throw new Error(`the decision changed an account that is not there: ${id}`)
      return state.n
    }
    const keep = (state: AccountState): void => {
      known.set(state.id, { ...state, n: numberOf(state.id) })
      changed.add(state.id)
    }
    const write = (): void => {
      for (const id of changed) {
        const state = known.get(id)
        if (state) rows.saveAccount(state.n, state)
      }
    }
    return { load, numberOf, keep, write }
  }
  type Accounts = ReturnType<typeof startAccounts>

  const decideAndWrite = (accounts: Accounts, command: LedgerCommand, body: string): Outcome<LedgerAnswer> => {
    let hold: NumberedHold | undefined
    const account = (id: AccountId): AccountState | undefined => {
      const state = accounts.load(id)
      return state && stateOf(state)
    }
    const findHold = (id: string) => {
      hold = rows.hold(id)
      return hold?.hold
    }
    const answer = decide({ account, hold: findHold }, command)
    const answered = { body, answer: answerText(answer) }
    const posting = answer.ok ? answer.value.posting : null
    if (posting) journal.keepPosting(posting, accounts.numberOf, answered)
    else journal.keepAnswer(command.id, answered)
    if (!answer.ok) return answer
    const { hold: after, accounts: changed } = answer.value
    if (command.type === 'open') {
      if (!accounts.load(command.account)) rows.openAccount(command.account)
      return answer
    }
    for (const state of changed) accounts.keep(state)
    if (after && hold) rows.resolveHold(hold.n, after.state)
    else if (after) rows.openHold(accounts.numberOf(after.account), after)
    return answer
  }

  const post = (accounts: Accounts, command: LedgerCommand): Outcome<LedgerAnswer> => {
    const body = bodyHash(command)
    const earlier = journal.entry(command.id)
    if (!earlier) return decideAndWrite(accounts, command, body)
    const { command: answered, posting } = earlier
    return answered?.body === body ? readAnswer(answered.answer, posting) : no('id_reused', { id: command.id })
  }
  const postAll = (commands: readonly LedgerCommand[]): readonly Outcome<LedgerAnswer>[] =>
    db.transaction(() => {
      const accounts = startAccounts()
      const given = commands.map(command => post(accounts, command))
      accounts.write()
      return given
    })
  const postNow = (command: LedgerCommand): Outcome<LedgerAnswer> =>
    db.transaction(() => {
      const accounts = startAccounts()
      const answer = post(accounts, command)
      accounts.write()
      return answer
    })

  return {
    post: async command => postNow(command),
    postNow,
    postAll,
    account: async id => {
      const state = rows.account(id)
      return state && stateOf(state)
    },
    accountsOf: async owner => rows.accountsOf(owner).map(stateOf),
    posting: async id => journal.posting(id),
  }
}
