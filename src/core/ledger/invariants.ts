import type { AccountId, AccountState } from './account.ts'
import { mayGoBelowZero } from './accountId.ts'
import { chainLink, chainStart, type Digest } from './chain.ts'
import type { HoldState, Posting } from './command.ts'
import { isBalanced } from './place.ts'

/** A whole book; postings in the order in which they were written. */
export type Book = {
  readonly accounts: readonly AccountState[]
  readonly postings: Iterable<Posting>
  readonly holds: readonly HoldState[]
}

type End = Pick<AccountState, 'posted' | 'version' | 'chain'>

/** Re-adds and re-hashes postings, in their order, and keeps only where each account ends. */
function audit(digest: Digest) {
  const ends = new Map<AccountId, End>()
  const reversed = new Set<string>()
  const endOf = (account: AccountId): End => ends.get(account) ?? { posted: 0n, version: 0, chain: chainStart(digest, account) }

  function* wrongIn(posting: Posting): Generator<string> {
    const { id, legs, reverses, kind } = posting
    if (!isBalanced(legs)) yield `posting ${id} does not sum to zero`
    if (reverses !== null && kind !== 'reversal') yield `posting ${id} takes back another and is no reversal`
    if (reverses !== null && reversed.has(reverses)) yield `posting ${reverses} is reversed twice`
    if (reverses !== null) reversed.add(reverses)
    for (const leg of legs) {
      const end = endOf(leg.account)
      if (leg.version !== end.version + 1) yield `${leg.account} has a gap before version ${leg.version}`
      if (leg.after !== end.posted + leg.minor) yield `${leg.account} does not add up at version ${leg.version}`
      if (leg.chain !== chainLink(digest, end.chain, leg, posting))
        yield `${leg.account} was changed at version ${leg.version} (posting ${id})`
      ends.set(leg.account, { posted: leg.after, version: leg.version, chain: leg.chain })
    }
  }
  function* wrongAt({ id, posted, version, chain }: AccountState): Generator<string> {
    const end = endOf(id)
    if (end.posted !== posted || end.version !== version || end.chain !== chain) yield `${id} is not the sum of its legs`
  }
  return { wrongIn, wrongAt }
}

function* wrongHolds(accounts: readonly AccountState[], holds: readonly HoldState[]): Generator<string> {
  const open = new Map<AccountId, bigint>()
  for (const { account, state, minor, captured } of holds)
    if (state === 'open') open.set(account, (open.get(account) ?? 0n) + minor - captured)
  for (const { id, posted, held } of accounts) {
    if ((open.get(id) ?? 0n) !== held) yield `${id} holds other than its open holds`
    if (posted < held && !mayGoBelowZero(id)) yield `${id} is below zero`
  }
}

/**
 * The rules that stand after every command, each break in words, the first one first: postings sum to zero in each currency; an account is the sum of its
 * legs, whose versions have no gap and whose chain is unbroken; a posting is reversed once; what is held is the sum of its open holds; available money is
 * never below zero. Empty for a sound book.
 */
function* breaks({ accounts, postings, holds }: Book, digest: Digest): Generator<string> {
  const { wrongIn, wrongAt } = audit(digest)
  for (const posting of postings) yield* wrongIn(posting)
  for (const account of accounts) yield* wrongAt(account)
  yield* wrongHolds(accounts, holds)
}

export const violations = (book: Book, digest: Digest): readonly string[] => [...breaks(book, digest)]
