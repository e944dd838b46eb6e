import { no, type Outcome, ok } from '../failure/outcome.ts'
import { maxMinor, toDecimal } from '../money/amount.ts'
import type { AccountState } from './account.ts'
import { mayGoBelowZero, parseAccountId } from './accountId.ts'
import { chainLink } from './chain.ts'
import type { Leg, PostedLeg, Posting } from './command.ts'
import type { LedgerSnapshot } from './snapshot.ts'

/** A posting, and the accounts as it leaves them. */
export type Placed = { readonly posting: Posting; readonly accounts: readonly AccountState[] }

/** How many legs a posting may have. */
const mostLegs = 100

export const within = (minor: bigint): boolean => minor <= maxMinor && minor >= -maxMinor

/** Legs sum to zero in each currency. */
export function isBalanced(legs: readonly Leg[]): boolean {
  const [first] = legs
  const ending = first?.account.slice(first.account.lastIndexOf(':')) ?? ''
  // As most are: nothing needs to be sorted by currency.
  if (legs.every(({ account }) => account.endsWith(ending))) return legs.reduce((sum, { minor }) => sum + minor, 0n) === 0n
  const sums = new Map<string, bigint>()
  for (const { account, minor } of legs) {
    const currency = account.slice(account.lastIndexOf(':') + 1)
    sums.set(currency, (sums.get(currency) ?? 0n) + minor)
  }
  for (const sum of sums.values()) if (sum !== 0n) return false
  return true
}

export const isOverdrawn = ({ id, posted, held }: AccountState): boolean => posted < held && !mayGoBelowZero(id)

export function insufficient(before: AccountState, needed: bigint) {
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

/** Why an account may not give, or take, what a leg says. */
export function statusDecline({ id, status }: AccountState, isGiving: boolean) {
  if (status === 'closed') return no('account_closed', { account: id })
  return status === 'frozen' && isGiving ? no('account_frozen', { account: id }) : undefined
}

function shapeDecline(legs: readonly Leg[]) {
  if (legs.length < 2 || !isBalanced(legs)) return no('legs_unbalanced')
  if (legs.length > mostLegs) return no('command_invalid', { what: 'legs' })
  const isTwice = ({ account }: Leg, seat: number): boolean =>
    !account.startsWith('foreign:') && legs.findIndex(other => other.account === account) < seat
  return legs.some(isTwice) ? no('command_invalid', { what: 'account' }) : undefined
}

/**
 * Puts legs on their accounts, each of which takes part once (`foreign` stands for many). `freed` is the account whose hold is being captured, without what is captured.
 * A reversal takes from a frozen account too: what was wrong is put right.
 */
export function place(snapshot: LedgerSnapshot, entry: Omit<Posting, 'legs'>, legs: readonly Leg[], freed?: AccountState): Outcome<Placed> {
  const misshapen = shapeDecline(legs)
  if (misshapen) return misshapen
  // Few enough to be looked through: a map costs a short posting more than all of its sums.
  const accounts: AccountState[] = freed ? [freed] : []
  const placed: PostedLeg[] = []
  let overdrawn: { readonly before: AccountState; readonly minor: bigint } | undefined
  for (const { account, minor } of legs) {
    const changed = accounts.find(({ id }) => id === account)
    const before = changed ?? snapshot.account(account)
    if (!before) return no('account_unknown', { account })
    const stopped = statusDecline(before, minor < 0n && entry.kind !== 'reversal')
    if (stopped) return stopped
    const after = before.posted + minor
    if (minor === 0n || !within(minor) || !within(after)) return no('amount_invalid', { account })
    const version = before.version + 1
    const chain = chainLink(snapshot.digest, before.chain, { account, minor, after, version }, entry)
    const state = { ...before, posted: after, version, chain }
    if (!overdrawn && minor < 0n && isOverdrawn(state)) overdrawn = { before, minor }
    if (changed) accounts[accounts.indexOf(changed)] = state
    else accounts.push(state)
    placed.push({ account, minor, after, version, chain })
  }
  if (overdrawn) return insufficient(overdrawn.before, -overdrawn.minor)
  return ok({ posting: { ...entry, legs: placed }, accounts })
}
