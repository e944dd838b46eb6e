import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { AccountState } from './account.ts'
import type { HoldState, LedgerAnswer } from './command.ts'
import { insufficient, isOverdrawn, place, statusDecline, within } from './place.ts'
import type { CommandOf, LedgerSnapshot } from './snapshot.ts'

/** Sets money aside until it is captured, released or expired. */
export function hold(snapshot: LedgerSnapshot, { id, account, minor, subject, expiresAt, at }: CommandOf<'hold'>): Outcome<LedgerAnswer> {
  const before = snapshot.account(account)
  if (!before) return no('account_unknown', { account })
  const stopped = statusDecline(before, true)
  if (stopped) return stopped
  const after = { ...before, held: before.held + minor }
  if (minor <= 0n || !within(minor) || !within(after.held)) return no('amount_invalid', { account })
  if (expiresAt <= at) return no('hold_expired', { hold: id })
  if (isOverdrawn(after)) return insufficient(before, minor)
  return ok({ posting: null, hold: { id, account, minor, captured: 0n, subject, expiresAt, state: 'open' }, accounts: [after] })
}

type Found = { readonly open: HoldState; readonly account: AccountState; readonly rest: bigint }

/** The hold where it is open, its account, and what is still held by it. */
function find(snapshot: LedgerSnapshot, id: string): Outcome<Found> {
  const open = snapshot.hold(id)
  if (!open) return no('hold_unknown', { hold: id })
  if (open.state !== 'open') return no('hold_resolved', { hold: id })
  const account = snapshot.account(open.account)
  if (!account) return no('account_unknown', { account: open.account })
  return ok({ open, account, rest: open.minor - open.captured })
}

/** Takes some or all of what is held; the last capture, or one that is final, resolves the hold. */
export function capture(snapshot: LedgerSnapshot, command: CommandOf<'capture'>): Outcome<LedgerAnswer> {
  const { id, hold: holdId, kind, subject, at, legs, final } = command
  const found = find(snapshot, holdId)
  if (!found.ok) return found
  const { open, account, rest } = found.value
  if (open.expiresAt <= at) return no('hold_expired', { hold: holdId })
  const taken = legs.reduce((sum, leg) => (leg.account === account.id ? sum - leg.minor : sum), 0n)
  if (taken > rest) return no('capture_above_hold', { hold: holdId })
  if (taken <= 0n) return no('amount_invalid', { account: account.id })
  const isLast = final || taken === rest
  const freed = { ...account, held: account.held - (isLast ? rest : taken) }
  const placed = place(snapshot, { id, kind, subject, effectiveAt: at, recordedAt: at, reverses: null }, legs, freed)
  if (!placed.ok) return placed
  const after: HoldState = { ...open, captured: open.captured + taken, state: isLast ? 'captured' : 'open' }
  return ok({ ...placed.value, hold: after })
}

/** Frees what is held: by a wish at any time, or by time once that has come. */
export function release(snapshot: LedgerSnapshot, { type, hold: holdId, at }: CommandOf<'release' | 'expire'>): Outcome<LedgerAnswer> {
  const found = find(snapshot, holdId)
  if (!found.ok) return found
  const { open, account, rest } = found.value
  if (type === 'expire' && open.expiresAt > at) return no('hold_not_expired', { hold: holdId })
  const state = type === 'expire' ? 'expired' : 'released'
  return ok({ posting: null, hold: { ...open, state }, accounts: [{ ...account, held: account.held - rest }] })
}
