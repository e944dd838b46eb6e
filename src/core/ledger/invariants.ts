import type { AccountId, AccountState } from './account.ts'
import { mayGoBelowZero } from './accountId.ts'
import { chainLink, chainStart, type Digest } from './chain.ts'
import type { HoldState, Posting } from './command.ts'
import { isBalanced } from './place.ts'

/** A whole book; postings in the order in which they were written. */
export type Book = {
  readonly accounts: readonly AccountState[]
  readonly postings: readonly Posting[]
  readonly holds: readonly HoldState[]
}

type End = Pick<AccountState, 'posted' | 'version' | 'chain'>

/**
 * Re-adds and re-hashes a book that is too large to be held: all postings in their order, then all holds, then all accounts. Each break of a rule is told in
 * words where it is found, so that the first one told is the first bad row. Only where each account ends is kept.
 */
export function audit(digest: Digest) {
  const ends = new Map<AccountId, End>()
  const reversed = new Set<string>()
  const held = new Map<AccountId, bigint>()
  const endOf = (account: AccountId): End => ends.get(account) ?? { posted: 0n, version: 0, chain: chainStart(digest, account) }

  return {
    *posting(posting: Posting): Generator<string> {
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
    },
    hold({ account, state, minor, captured }: HoldState): void {
      if (state === 'open') held.set(account, (held.get(account) ?? 0n) + minor - captured)
    },
    *account(account: AccountState): Generator<string> {
      const { id, posted, version, chain } = account
      const end = endOf(id)
      if (end.posted !== posted || end.version !== version || end.chain !== chain) yield `${id} is not the sum of its legs`
      if ((held.get(id) ?? 0n) !== account.held) yield `${id} holds other than its open holds`
      if (posted < account.held && !mayGoBelowZero(id)) yield `${id} is below zero`
    },
  }
}

function* breaks({ accounts, postings, holds }: Book, digest: Digest): Generator<string> {
  const auditor = audit(digest)
  for (const posting of postings) yield* auditor.posting(posting)
  for (const hold of holds) auditor.hold(hold)
  for (const account of accounts) yield* auditor.account(account)
}

/**
 * The rules that stand after every command, each break in words, the first one first: postings sum to zero in each currency; an account is the sum of its
 * legs, whose versions have no gap and whose chain is unbroken; a posting is reversed once; what is held is the sum of its open holds; available money is
 * never below zero. Empty for a sound book.
 */
export const violations = (book: Book, digest: Digest): readonly string[] => [...breaks(book, digest)]
