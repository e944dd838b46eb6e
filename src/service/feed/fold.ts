import type { FeedEvent } from '#contracts/service/feed.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { chainStart } from '#core/ledger/chain.ts'
import { digest } from '#storage/digest.ts'
import type { FeedRecord, StandingRow } from '#storage/serviceStore.ts'
import { holderAccount } from '../wires.ts'
import type { PaymentTold } from './append.ts'

/** Where each of a holder's accounts stands, by account. */
export type FoldedHeads = Readonly<Record<string, { readonly version: number; readonly chain: string }>>

export type Folded = {
  /** The rows that a later one tells anew. */
  readonly removed: readonly number[]
  readonly standing: readonly StandingRow[]
  readonly heads: FoldedHeads
}

/** As it stands in the feed. */
type Event = FeedEvent | PaymentTold

/** What an event tells the whole of. A payment has the id of its command. */
function subjectOf(event: Event): string {
  switch (event.type) {
    case 'posting':
    case 'balance':
      return `balance ${event.balance.currency}`
    case 'top_up':
      return `top_up ${event.topUp.id}`
    case 'payment':
      return `payment ${'command' in event ? event.command : event.payment.id}`
    case 'risk':
      return `risk ${event.alert.id}`
    case 'security':
      return `security ${event.event.id}`
    case 'question':
      return `question ${event.question.id}`
    case 'profile':
    case 'limits':
    case 'personal':
    case 'safety':
    case 'identity':
      return event.type
  }
}

type Row = { readonly n: number; readonly event: Event }

export const readRows = (records: readonly FeedRecord[]): readonly Row[] => records.map(({ n, json }) => ({ n, event: JSON.parse(json) }))

export const subjectsOf = (rows: readonly Row[]): readonly string[] => [...new Set(rows.map(({ event }) => subjectOf(event)))]

/** What becomes of the heads by one event: a posting moves those of the holder's own legs, the first balance of a currency tells that it is open. */
function headsAfter(heads: FoldedHeads, holderId: string, event: Event): FoldedHeads {
  if (event.type === 'posting') {
    const own = event.posting.legs.filter(leg => leg.own)
    return { ...heads, ...Object.fromEntries(own.map(({ account, version, chain }) => [account, { version, chain }])) }
  }
  if (event.type !== 'balance') return heads
  const account: AccountId = holderAccount(holderId, event.balance.currency)
  return heads[account] ? heads : { ...heads, [account]: { version: 0, chain: chainStart(digest, account) } }
}

/**
 * Folds the next rows of a holder's feed into what was folded before. A posting stays, for it is told once; of everything else the newest row is left.
 * `standing`: what stood of the subjects of these rows.
 */
export function fold(
  holderId: string,
  before: { readonly standing: readonly StandingRow[]; readonly heads: FoldedHeads },
  rows: readonly Row[],
): Folded {
  const standing = new Map(before.standing.map(({ subject, n }) => [subject, n]))
  const removed: number[] = []
  let heads = before.heads
  for (const { n, event } of rows) {
    const subject = subjectOf(event)
    const earlier = standing.get(subject) ?? null
    if (earlier !== null) removed.push(earlier)
    standing.set(subject, event.type === 'posting' ? null : n)
    heads = headsAfter(heads, holderId, event)
  }
  return { removed, standing: [...standing].map(([subject, n]) => ({ subject, n })), heads }
}
