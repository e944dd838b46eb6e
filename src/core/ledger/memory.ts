import { no, type Outcome } from '../failure/outcome.ts'
import type { AccountId, AccountState } from './account.ts'
import { parseAccountId } from './accountId.ts'
import { bodyOf } from './body.ts'
import type { HoldState, LedgerAnswer, LedgerCommand, Posting } from './command.ts'
import { decide } from './decide.ts'
import type { Book } from './invariants.ts'
import type { LedgerStore } from './store.ts'

/** A book that is gone with the process: the simplest store that keeps the port's promise, and the oracle of the others. */
export function createMemoryLedger(): LedgerStore & { book(): Book } {
  const accounts = new Map<AccountId, AccountState>()
  const holds = new Map<string, HoldState>()
  const postings = new Map<string, Posting>()
  const answers = new Map<string, { readonly body: string; readonly answer: Outcome<LedgerAnswer> }>()

  const keep = ({ posting, hold, accounts: changed }: LedgerAnswer): void => {
    for (const account of changed) accounts.set(account.id, account)
    if (hold) holds.set(hold.id, hold)
    if (posting) postings.set(posting.id, posting)
  }
  const post = (command: LedgerCommand): Outcome<LedgerAnswer> => {
    const body = bodyOf(command)
    const earlier = answers.get(command.id)
    if (earlier) return earlier.body === body ? earlier.answer : no('id_reused', { id: command.id })
    const answer = decide({ account: id => accounts.get(id), hold: id => holds.get(id) }, command)
    if (answer.ok) keep(answer.value)
    answers.set(command.id, { body, answer })
    return answer
  }
  return {
    post: async command => post(command),
    account: async id => accounts.get(id),
    accountsOf: async owner => [...accounts.values()].filter(({ id }) => parseAccountId(id)?.owner === owner),
    posting: async id => postings.get(id),
    book: () => ({ accounts: [...accounts.values()], postings: [...postings.values()], holds: [...holds.values()] }),
  }
}
