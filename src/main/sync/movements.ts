import type { FeedEvent } from '#contracts/service/feed.ts'
import type { AmountWire } from '#contracts/wire/scalars.ts'
import type { BalanceWire, Payment, PostingWire, TopUp } from '#contracts/wire/shapes.ts'
import { parseDecimal } from '#core/money/amount.ts'
import type { BalanceRow, FeedChange, MirroredPosting, MovementRow } from '#core/wallet/store.ts'

/** The smallest units of an amount that a contract has parsed. */
export function minorOf({ currency, value }: AmountWire): bigint {
  const read = parseDecimal(currency, value)
  if (!read) throw new TypeError('an amount of the contract is an exact decimal')
  return read.minor
}

const balanceRow = (balance: BalanceWire, version: number): BalanceRow => ({
  currency: balance.currency,
  postedMinor: minorOf(balance.posted),
  heldMinor: minorOf(balance.held),
  version,
})

const mirroredPosting = ({ id, kind, subject, effectiveAt, recordedAt, legs }: PostingWire): MirroredPosting => ({
  id,
  kind,
  subject,
  effectiveAt: Date.parse(effectiveAt),
  recordedAt: Date.parse(recordedAt),
  legs: legs.map(({ account, amount, version, chain, own, label }) => ({
    account,
    currency: amount.currency,
    minor: minorOf(amount),
    version,
    chain,
    own,
    label,
  })),
})

/** What the ledger did to the holder's own account for one subject. */
export type Moved = { readonly minor: bigint; readonly afterMinor: bigint | null }

const paymentStates = {
  pending: 'pending',
  held: 'pending',
  captured: 'done',
  declined: 'declined',
  voided: 'cancelled',
} as const satisfies Record<Payment['state'], MovementRow['state']>

const topUpStates = {
  instructed: 'pending',
  detected: 'pending',
  credited: 'done',
  cancelled: 'cancelled',
  expired: 'expired',
} as const satisfies Record<TopUp['state'], MovementRow['state']>

/** The time of the newest step; a movement that is done stands where it was done. */
const lastAt = (timeline: readonly { readonly at: string }[], otherwise: string): number =>
  Math.max(...timeline.map(({ at }) => Date.parse(at)), timeline.length > 0 ? 0 : Date.parse(otherwise))

/** A payment as a line of the history: the whole of what leaves the account, fee included. */
export function movementOfPayment(payment: Payment, moved: Moved | undefined): MovementRow {
  const state = paymentStates[payment.state]
  const isDone = state === 'done'
  const after = payment.balanceAfter ? minorOf(payment.balanceAfter) : null
  return {
    id: payment.id,
    kind: 'payment',
    state,
    at: lastAt(payment.timeline, payment.order.createdAt),
    title: payment.order.shop.name,
    reference: payment.order.shopReference,
    currency: payment.amount.currency,
    minor: isDone && moved ? moved.minor : -minorOf(payment.total),
    feeMinor: minorOf(payment.fee),
    afterMinor: isDone ? (moved?.afterMinor ?? after) : null,
    words: [payment.order.code, ...payment.order.lines.map(line => line.title)].join(' '),
  }
}

/** A top-up as a line of the history: what was announced, and once credited what came. */
export function movementOfTopUp(topUp: TopUp, moved: Moved | undefined): MovementRow {
  const state = topUpStates[topUp.state]
  const isDone = state === 'done'
  return {
    id: topUp.id,
    kind: 'top_up',
    state,
    at: lastAt(topUp.timeline, topUp.expiresAt),
    title: topUp.instructions.bankName,
    reference: topUp.reference,
    currency: topUp.amount.currency,
    minor: isDone && moved ? moved.minor : minorOf(topUp.credited ?? topUp.amount),
    feeMinor: minorOf(topUp.fee),
    afterMinor: isDone ? (moved?.afterMinor ?? null) : null,
    words: `${topUp.instructions.accountHolder} ${topUp.instructions.scheme}`,
  }
}

/** Money that went back: a line of its own, named like what it reverses. */
export function movementOfReversal(posting: MirroredPosting, title: string, afterMinor: bigint): MovementRow | undefined {
  const own = posting.legs.filter(leg => leg.own)
  const first = own[0]
  if (!first) return undefined
  return {
    id: posting.id,
    kind: 'reversal',
    state: 'done',
    at: posting.recordedAt,
    title,
    reference: posting.subject,
    currency: first.currency,
    minor: own.reduce((sum, leg) => sum + leg.minor, 0n),
    feeMinor: 0n,
    afterMinor,
    words: '',
  }
}

/** What an event keeps as it stands. */
export function directChanges(event: FeedEvent, now: number): readonly FeedChange[] {
  switch (event.type) {
    case 'profile':
      return [{ type: 'document', kind: 'profile', id: event.profile.holderId, json: JSON.stringify(event.profile), at: now }]
    case 'balance':
      return [{ type: 'balance', balance: balanceRow(event.balance, event.version) }]
    case 'posting':
      return [
        { type: 'posting', posting: mirroredPosting(event.posting) },
        { type: 'balance', balance: balanceRow(event.balance, event.version) },
      ]
    case 'top_up':
      return [topUpDocument(event.topUp)]
    case 'payment':
      return [paymentDocument(event.payment)]
    case 'personal':
    case 'safety':
    case 'identity':
      return []
    case 'risk':
      return [{ type: 'document', kind: 'risk', id: event.alert.id, json: JSON.stringify(event.alert), at: Date.parse(event.alert.at) }]
    case 'security':
      return [{ type: 'document', kind: 'security', id: event.event.id, json: JSON.stringify(event.event), at: Date.parse(event.event.at) }]
    case 'limits':
      return [{ type: 'document', kind: 'limits', id: 'limits', json: JSON.stringify(event.limits), at: now }]
    case 'question':
      return [
        {
          type: 'document',
          kind: 'question',
          id: event.question.id,
          json: JSON.stringify(event.question),
          at: Date.parse(event.question.askedAt),
        },
      ]
  }
}

/** Documents are listed by when they began, so that a change does not move them. */
export const topUpDocument = (topUp: TopUp): FeedChange => ({
  type: 'document',
  kind: 'top_up',
  id: topUp.id,
  json: JSON.stringify(topUp),
  at: Date.parse(topUp.timeline[0]?.at ?? topUp.expiresAt),
})

export const paymentDocument = (payment: Payment): FeedChange => ({
  type: 'document',
  kind: 'payment',
  id: payment.id,
  json: JSON.stringify(payment),
  at: Date.parse(payment.timeline[0]?.at ?? payment.order.createdAt),
})
