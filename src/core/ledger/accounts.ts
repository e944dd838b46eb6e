import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { AccountState, AccountStatus } from './account.ts'
import { parseAccountId } from './accountId.ts'
import { chainStart } from './chain.ts'
import type { LedgerAnswer } from './command.ts'
import type { CommandOf, LedgerSnapshot } from './snapshot.ts'

const acts = { freeze: 'frozen', close: 'closed', reopen: 'open' } as const satisfies Record<string, AccountStatus>

const done = (state: AccountState): Outcome<LedgerAnswer> => ok({ posting: null, hold: null, accounts: [state] })

/** Opens an account of the chart; one that is there stays as it is. */
export function open({ account, digest }: LedgerSnapshot, { account: id }: CommandOf<'open'>): Outcome<LedgerAnswer> {
  if (!parseAccountId(id)) return no('account_unknown', { account: id })
  return done(account(id) ?? { id, status: 'open', posted: 0n, held: 0n, version: 0, chain: chainStart(digest, id) })
}

/** A recorded act on an account. Only an empty account is closed, and only reopening ends that. */
export function changeStatus(snapshot: LedgerSnapshot, { type, account }: CommandOf<'freeze' | 'close' | 'reopen'>): Outcome<LedgerAnswer> {
  const before = snapshot.account(account)
  if (!before) return no('account_unknown', { account })
  if (type === 'close' && (before.posted !== 0n || before.held !== 0n)) return no('account_not_empty', { account })
  if (type === 'freeze' && before.status === 'closed') return no('account_closed', { account })
  return done({ ...before, status: acts[type] })
}
