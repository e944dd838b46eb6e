import { no, type Outcome } from '../failure/outcome.ts'
import type { AccountId, AccountState } from './account.ts'
import { parseAccountId } from './accountId.ts'
import { bodyOf } from './body.ts'
import type { Digest } from './chain.ts'
import type { HoldState, LedgerAnswer, LedgerCommand, Posting } from './command.ts'
import { decide, hasId } from './decide.ts'
import type { Book } from './invariants.ts'
import type { LedgerSnapshot } from './snapshot.ts'
import type { LedgerStore } from './store.ts'

/** A book that is gone with the process: the simplest store that keeps the port's promise, and the oracle of the others. */
export function createMemoryLedger(digest: Digest): LedgerStore & { postNow(command: LedgerCommand): Outcome<LedgerAnswer>; book(): Book } {
  const accounts = new Map<AccountId, AccountState>()
  const holds = new Map<string, HoldState>()
  const postings = new Map<string, Posting>()
  const answers = new Map<string, { readonly body: string; readonly answer: Outcome<LedgerAnswer> }>()

  const reversed = new Set<string>()
  const snapshot: LedgerSnapshot = {
    digest,
    account: id => accounts.get(id),
    hold: id => holds.get(id),
    posting: id => postings.get(id),
    isReversed: id => reversed.has(id),
  }

  const keep = ({ posting, hold, accounts: changed }: LedgerAnswer): void => {
    for (const account of changed) accounts.set(account.id, account)
    if (hold) holds.set(hold.id, hold)
    if (posting) postings.set(posting.id, posting)
    if (posting?.reverses) reversed.add(posting.reverses)
  }
  const post = (command: LedgerCommand): Outcome<LedgerAnswer> => {
    const body = bodyOf(command)
    const earlier = answers.get(command.id)
    if (earlier) return earlier.body === body ? earlier.answer : no('id_reused', { id: command.id })
    const answer = decide(snapshot, command)
    if (!hasId(command)) return answer
    if (answer.ok) keep(answer.value)
    answers.set(command.id, { body, answer })
    return answer
  }
  return {
    post: async command => post(command),
    postNow: post,
    account: async id => accounts.get(id),
    accountsOf: async owner => [...accounts.values()].filter(({ id }) => parseAccountId(id)?.owner === owner),
    posting: async id => postings.get(id),
    book: () => ({ accounts: [...accounts.values()], postings: [...postings.values()], holds: [...holds.values()] }),
  }
}
