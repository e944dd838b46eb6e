import { no, type Outcome } from '#core/failure/outcome.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { decide } from '#core/ledger/decide.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import type { Database } from './database.ts'
import { ledgerAnswers } from './ledgerAnswers.ts'
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
  const answers = ledgerAnswers(db, rows.posting)

  /** Loads what the decision asks for, once each, and writes what it answered. */
  const decideAndWrite = (command: LedgerCommand): Outcome<LedgerAnswer> => {
    const accounts = new Map<AccountId, NumberedAccount>()
    let hold: NumberedHold | undefined
    const account = (id: AccountId): NumberedAccount | undefined => {
      const state = accounts.get(id) ?? rows.account(id)
      if (state) accounts.set(id, state)
      return state
    }
    const numberOf = (id: AccountId): bigint => {
      const state = account(id)
      if (!state) throw new Error(`the decision changed an account that is not there: ${id}`)
      return state.n
    }
    const answer = decide(
      {
        account: id => {
          const state = account(id)
          return state && stateOf(state)
        },
        hold: id => {
          hold = rows.hold(id)
          return hold?.hold
        },
      },
      command,
    )
    if (!answer.ok) return answer
    const { posting, hold: after, accounts: changed } = answer.value
    if (posting) rows.savePosting(posting, numberOf)
    for (const state of changed) {
      if (command.type !== 'open') rows.saveAccount(numberOf(state.id), state)
      else if (!account(state.id)) rows.openAccount(state.id)
    }
    if (after && hold) rows.resolveHold(hold.n, after.state)
    else if (after) rows.openHold(numberOf(after.account), after)
    return answer
  }

  const post = (command: LedgerCommand): Outcome<LedgerAnswer> => {
    const body = answers.bodyHash(command)
    const earlier = answers.earlier(command.id)
    if (earlier) return earlier.body.equals(body) ? earlier.answer() : no('id_reused', { id: command.id })
    const answer = decideAndWrite(command)
    answers.keep(command.id, body, answer)
    return answer
  }
  const postNow = (command: LedgerCommand): Outcome<LedgerAnswer> => db.transaction(() => post(command))

  return {
    post: async command => postNow(command),
    postNow,
    postAll: commands => db.transaction(() => commands.map(post)),
    account: async id => {
      const state = rows.account(id)
      return state && stateOf(state)
    },
    accountsOf: async owner => rows.accountsOf(owner).map(stateOf),
    posting: async id => rows.posting(id),
  }
}
