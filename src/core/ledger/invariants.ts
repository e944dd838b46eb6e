import type { AccountState } from './account.ts'
import { mayGoBelowZero } from './accountId.ts'
import type { HoldState, Posting } from './command.ts'
import { isBalanced } from './decide.ts'

/** A whole book; postings in the order in which they were written. */
export type Book = {
  readonly accounts: readonly AccountState[]
  readonly postings: readonly Posting[]
  readonly holds: readonly HoldState[]
}

function brokenChains({ accounts, postings }: Book): readonly string[] {
  const ends = new Map<string, { posted: bigint; version: number }>()
  const broken: string[] = []
  for (const posting of postings) {
    if (!isBalanced(posting.legs)) broken.push(`posting ${posting.id} does not sum to zero`)
    for (const leg of posting.legs) {
      const end = ends.get(leg.account) ?? { posted: 0n, version: 0 }
      if (leg.version !== end.version + 1) broken.push(`${leg.account} has a gap before version ${leg.version}`)
      if (leg.after !== end.posted + leg.minor) broken.push(`${leg.account} does not add up at version ${leg.version}`)
      ends.set(leg.account, { posted: leg.after, version: leg.version })
    }
  }
  for (const { id, posted, version } of accounts) {
    const end = ends.get(id) ?? { posted: 0n, version: 0 }
    if (end.posted !== posted || end.version !== version) broken.push(`${id} is not the sum of its legs`)
  }
  return broken
}

function brokenHolds({ accounts, holds }: Book): readonly string[] {
  return accounts.flatMap(({ id, posted, held }) => {
    const open = holds.filter(hold => hold.account === id && hold.state === 'open').reduce((sum, hold) => sum + hold.minor, 0n)
    return [
      ...(open === held ? [] : [`${id} holds other than its open holds`]),
      ...(posted >= held || mayGoBelowZero(id) ? [] : [`${id} is below zero`]),
    ]
  })
}

/**
 * The rules that stand after every command, each break in words: postings sum to zero in each currency; an account is the sum of its legs, whose versions
 * have no gap; what is held is the sum of its open holds; available money is never below zero. Empty for a sound book.
 */
export const violations = (book: Book): readonly string[] => [...brokenChains(book), ...brokenHolds(book)]
