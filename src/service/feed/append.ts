import { type FeedEvent, type FeedPage, feedEvent } from '#contracts/service/feed.ts'
import type { Payment, PostingWire } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import type { AccountState } from '#core/ledger/account.ts'
import type { Instant, Posting } from '#core/ledger/command.ts'
import type { FeedRecord, Tx } from '#storage/serviceStore.ts'
import { accountParts, amountWire, balanceWire, iso } from '../wires.ts'

/** Adds an event to a holder's feed, in the transaction of what happened; whoever waits on the feed is told after the commit. Answers its number. */
export function appendFeed(tx: Tx, holderId: string, event: FeedEvent, at: Instant): Promise<number> {
  const parsed = feedEvent.safeParse(event)
  if (!parsed.success) throw new Fault('unexpected', { cause: parsed.error })
  return tx.feed.append(holderId, JSON.stringify(parsed.data), at)
}

/** What stands in the feed for a payment: what is shown of it is in the answer of its command, which is kept for ever. */
export type PaymentTold = { readonly type: 'payment'; readonly command: string }

/** Tells a holder of the payment that their command makes, declined ones too; its answer is kept in the same transaction. */
export function appendPayment(tx: Tx, holderId: string, command: string, at: Instant): Promise<number> {
  return tx.feed.append(holderId, JSON.stringify({ type: 'payment', command } satisfies PaymentTold), at)
}

/** Rows of the feed as they are told. What their payments' commands were answered is asked for once, however many there are. */
export async function readEvents(
  tx: { readonly commands: Pick<Tx['commands'], 'answers'> },
  records: readonly FeedRecord[],
): Promise<FeedPage['rows']> {
  // Parsed when they were written, and once more with the whole answer.
  const rows = records.map(({ n, json }): { n: number; event: FeedEvent | PaymentTold } => ({ n, event: JSON.parse(json) }))
  const commands = new Set(rows.flatMap(({ event }) => ('command' in event ? [event.command] : [])))
  const answers = commands.size === 0 ? new Map<string, string>() : await tx.commands.answers([...commands])
  return rows.map(({ n, event }) => {
    if (!('command' in event)) return { n, event }
    const answer = answers.get(event.command)
    if (answer === undefined)
      throw new Fault('database_damaged', { cause: new Error(`the feed tells of the command ${event.command}, which is not kept`) })
    const { payment }: { readonly payment: Payment } = JSON.parse(answer)
    return { n, event: { type: 'payment', payment } }
  })
}

/** Tells a holder their balance after a hold or a release, or a newly opened one. */
export function appendBalance(tx: Tx, account: AccountState, at: Instant): Promise<number> {
  const { owner } = accountParts(account.id)
  return appendFeed(tx, owner, { type: 'balance', balance: balanceWire(account), version: account.version }, at)
}

/**
 * Names the accounts of a posting for the person who reads it: the shop, the bank's rail, the fee. By owner, as in `kind:owner:CURRENCY`.
 * A holder's own leg is labelled by their name.
 */
export type LegLabels = Readonly<Record<string, string>>

function postingFor(holderId: string, posting: Posting, labels: LegLabels): PostingWire {
  return {
    id: posting.id,
    kind: posting.kind,
    subject: posting.subject,
    effectiveAt: iso(posting.effectiveAt),
    recordedAt: iso(posting.recordedAt),
    legs: posting.legs.map(leg => {
      const { owner, currency } = accountParts(leg.account)
      const own = owner === holderId
      // How often others were paid is theirs to know: only own legs carry a version and a link of the chain.
      return {
        account: leg.account,
        amount: amountWire(currency, leg.minor),
        version: own ? leg.version : 0,
        chain: own ? leg.chain : '',
        own,
        label: labels[owner] ?? '',
      }
    }),
  }
}

/** Tells every holder whose account a posting moved: once for each account, with the balance after it. */
export async function appendPosting(
  tx: Tx,
  { posting, accounts }: { readonly posting: Posting; readonly accounts: readonly AccountState[] },
  labels: LegLabels,
  at: Instant,
): Promise<void> {
  for (const account of accounts) {
    const { kind, owner } = accountParts(account.id)
    if (kind !== 'holder') continue
    const event: FeedEvent = {
      type: 'posting',
      posting: postingFor(owner, posting, labels),
      balance: balanceWire(account),
      version: account.version,
    }
    await appendFeed(tx, owner, event, at)
  }
}
