import { no, type Outcome, ok } from '../failure/outcome.ts'
import { divideHalfEven } from '../money/halfEven.ts'
import { accountId, parseAccountId } from './accountId.ts'
import type { LedgerAnswer, Leg, Posting } from './command.ts'
import { place, within } from './place.ts'
import type { CommandOf, LedgerSnapshot } from './snapshot.ts'

type Entry = Omit<Posting, 'legs'>

function posted(snapshot: LedgerSnapshot, entry: Entry, legs: readonly Leg[]): Outcome<LedgerAnswer> {
  const placed = place(snapshot, entry, legs)
  return placed.ok ? ok({ ...placed.value, hold: null }) : placed
}

export function post(snapshot: LedgerSnapshot, command: CommandOf<'post'>): Outcome<LedgerAnswer> {
  const { id, kind, subject, effectiveAt, at, legs } = command
  return posted(snapshot, { id, kind, subject, effectiveAt, recordedAt: at, reverses: null }, legs)
}

export function transfer(snapshot: LedgerSnapshot, command: CommandOf<'transfer'>): Outcome<LedgerAnswer> {
  const { id, subject, effectiveAt, at, from, to, minor } = command
  if (minor <= 0n) return no('amount_invalid', { account: from })
  const legs = [
    { account: from, minor: -minor },
    { account: to, minor },
  ]
  return posted(snapshot, { id, kind: 'transfer', subject, effectiveAt, recordedAt: at, reverses: null }, legs)
}

/** Two postings in one, linked by the desk that stands between the currencies. */
export function exchange(snapshot: LedgerSnapshot, command: CommandOf<'exchange'>): Outcome<LedgerAnswer> {
  const { id, subject, effectiveAt, at, from, to, minor, desk, rate } = command
  const sold = parseAccountId(from)?.currency
  const bought = parseAccountId(to)?.currency
  if (!sold) return no('account_unknown', { account: from })
  if (!bought) return no('account_unknown', { account: to })
  if (sold === bought) return no('command_invalid', { what: 'currency' })
  if (rate.numerator <= 0n || rate.denominator <= 0n) return no('command_invalid', { what: 'rate' })
  if (minor <= 0n || !within(minor)) return no('amount_invalid', { account: from })
  const worth = minor * rate.numerator
  const given = divideHalfEven(worth, rate.denominator)
  const above = (worth + rate.denominator - 1n) / rate.denominator
  if (given === 0n) return no('amount_invalid', { account: to })
  const rounded = above - given
  const legs: Leg[] = [
    { account: from, minor: -minor },
    { account: accountId({ kind: 'fx', owner: desk, currency: sold }), minor },
    { account: accountId({ kind: 'fx', owner: desk, currency: bought }), minor: -above },
    { account: to, minor: given },
  ]
  if (rounded !== 0n) legs.push({ account: accountId({ kind: 'rounding', owner: desk, currency: bought }), minor: rounded })
  return posted(snapshot, { id, kind: 'exchange', subject, effectiveAt, recordedAt: at, reverses: null }, legs)
}

/** Declines besides those of any posting: posting_unknown, posting_reversed (also for what is itself a reversal). */
export function reverse(snapshot: LedgerSnapshot, command: CommandOf<'reverse'>): Outcome<LedgerAnswer> {
  const { id, subject, effectiveAt, at, posting } = command
  const original = snapshot.posting(posting)
  if (!original) return no('posting_unknown', { posting })
  if (original.kind === 'reversal' || snapshot.isReversed(posting)) return no('posting_reversed', { posting })
  const legs = original.legs.map(({ account, minor }) => ({ account, minor: -minor }))
  return posted(snapshot, { id, kind: 'reversal', subject, effectiveAt, recordedAt: at, reverses: posting }, legs)
}
