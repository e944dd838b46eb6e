import { no, type Outcome, ok } from '../failure/outcome.ts'
import { maxMinor, toDecimal } from '../money/amount.ts'
import type { AccountId, AccountState } from './account.ts'
import { mayGoBelowZero, parseAccountId } from './accountId.ts'
import type { HoldState, LedgerAnswer, LedgerCommand, Leg, PostedLeg, Posting } from './command.ts'

/** What a decision may look at: the accounts and the hold that the command names, as they are. */
export type LedgerSnapshot = {
  account(id: AccountId): AccountState | undefined
  hold(id: string): HoldState | undefined
}

type Of<T extends LedgerCommand['type']> = Extract<LedgerCommand, { type: T }>
type Legs = { readonly legs: readonly PostedLeg[]; readonly accounts: readonly AccountState[] }

const within = (minor: bigint): boolean => minor <= maxMinor && minor >= -maxMinor

/** Legs sum to zero in each currency. */
export function isBalanced(legs: readonly Leg[]): boolean {
  const sums = new Map<string, bigint>()
  for (const { account, minor } of legs) {
    const currency = account.slice(account.lastIndexOf(':') + 1)
    sums.set(currency, (sums.get(currency) ?? 0n) + minor)
  }
  return [...sums.values()].every(sum => sum === 0n)
}

const overdrawn = ({ id, posted, held }: AccountState): boolean => posted < held && !mayGoBelowZero(id)

function insufficient(before: AccountState, needed: bigint) {
  const name = parseAccountId(before.id)
  if (!name) return no('account_unknown', { account: before.id })
  const decimal = (minor: bigint) => toDecimal({ currency: name.currency, minor })
  const available = before.posted - before.held
  return no('insufficient_funds', {
    currency: name.currency,
    available: decimal(available),
    needed: decimal(needed),
    missing: decimal(needed - available),
  })
}

/** Puts the legs on their accounts, of which `changed` holds those that the command has already altered. */
function place(snapshot: LedgerSnapshot, legs: readonly Leg[], changed: ReadonlyMap<AccountId, AccountState>): Outcome<Legs> {
  if (legs.length < 2 || !isBalanced(legs)) return no('legs_unbalanced')
  const accounts = new Map(changed)
  const placed: PostedLeg[] = []
  for (const { account, minor } of legs) {
    const state = accounts.get(account) ?? snapshot.account(account)
    if (!state) return no('account_unknown', { account })
    const after = state.posted + minor
    if (minor === 0n || !within(minor) || !within(after)) return no('amount_invalid', { account })
    const version = state.version + 1
    accounts.set(account, { ...state, posted: after, version })
    placed.push({ account, minor, after, version })
  }
  for (const state of accounts.values()) {
    const before = changed.get(state.id) ?? snapshot.account(state.id)
    if (before && overdrawn(state)) return insufficient(before, before.posted - state.posted)
  }
  return ok({ legs: placed, accounts: [...accounts.values()] })
}

function open(snapshot: LedgerSnapshot, { account }: Of<'open'>): Outcome<LedgerAnswer> {
  if (!parseAccountId(account)) return no('account_unknown', { account })
  const state = snapshot.account(account) ?? { id: account, posted: 0n, held: 0n, version: 0 }
  return ok({ posting: null, hold: null, accounts: [state] })
}

function post(snapshot: LedgerSnapshot, { id, kind, subject, effectiveAt, at, legs }: Of<'post'>): Outcome<LedgerAnswer> {
  const placed = place(snapshot, legs, new Map())
  if (!placed.ok) return placed
  const posting: Posting = { id, kind, subject, effectiveAt, recordedAt: at, legs: placed.value.legs }
  return ok({ posting, hold: null, accounts: placed.value.accounts })
}

function hold(snapshot: LedgerSnapshot, { id, account, minor, subject, expiresAt, at }: Of<'hold'>): Outcome<LedgerAnswer> {
  const before = snapshot.account(account)
  if (!before) return no('account_unknown', { account })
  const after = { ...before, held: before.held + minor }
  if (minor <= 0n || !within(minor) || !within(after.held)) return no('amount_invalid', { account })
  if (expiresAt <= at) return no('hold_expired', { hold: id })
  if (overdrawn(after)) return insufficient(before, minor)
  return ok({ posting: null, hold: { id, account, minor, subject, expiresAt, state: 'open' }, accounts: [after] })
}

/** The hold where it is open, and its account without it. */
function resolve(snapshot: LedgerSnapshot, id: string): Outcome<{ readonly held: HoldState; readonly freed: AccountState }> {
  const held = snapshot.hold(id)
  if (!held) return no('hold_unknown', { hold: id })
  if (held.state !== 'open') return no('hold_resolved', { hold: id })
  const account = snapshot.account(held.account)
  if (!account) return no('account_unknown', { account: held.account })
  return ok({ held, freed: { ...account, held: account.held - held.minor } })
}

function capture(snapshot: LedgerSnapshot, { id, hold: holdId, kind, subject, at, legs }: Of<'capture'>): Outcome<LedgerAnswer> {
  const found = resolve(snapshot, holdId)
  if (!found.ok) return found
  const { held, freed } = found.value
  if (held.expiresAt <= at) return no('hold_expired', { hold: holdId })
  const taken = legs.reduce((sum, leg) => (leg.account === held.account ? sum - leg.minor : sum), 0n)
  if (taken > held.minor) return no('capture_above_hold', { hold: holdId })
  if (taken <= 0n) return no('amount_invalid', { account: held.account })
  const placed = place(snapshot, legs, new Map([[held.account, freed]]))
  if (!placed.ok) return placed
  const posting: Posting = { id, kind, subject, effectiveAt: at, recordedAt: at, legs: placed.value.legs }
  return ok({ posting, hold: { ...held, state: 'captured' }, accounts: placed.value.accounts })
}

function release(snapshot: LedgerSnapshot, { hold: holdId }: Of<'release'>): Outcome<LedgerAnswer> {
  const found = resolve(snapshot, holdId)
  if (!found.ok) return found
  const { held, freed } = found.value
  return ok({ posting: null, hold: { ...held, state: 'released' }, accounts: [freed] })
}

/**
 * Decides a command against the accounts that it names. The answer is what the store must write: nothing is written here.
 * Declines: account_unknown, legs_unbalanced, amount_invalid (zero, or beyond `maxMinor`), insufficient_funds (with what is missing),
 * hold_unknown, hold_resolved, hold_expired, capture_above_hold. Rules: "Money that cannot be wrong" 1 to 3 of ARCHITECTURE.md.
 */
export function decide(snapshot: LedgerSnapshot, command: LedgerCommand): Outcome<LedgerAnswer> {
  switch (command.type) {
    case 'open':
      return open(snapshot, command)
    case 'post':
      return post(snapshot, command)
    case 'hold':
      return hold(snapshot, command)
    case 'capture':
      return capture(snapshot, command)
    case 'release':
      return release(snapshot, command)
  }
}
