import type { Instant } from '../ledger/command.ts'
import type { AskedPayment } from './event.ts'
import { type Flow, flowWith, noFlow } from './flow.ts'
import { type Habit, learn, noHabit, paceFrom, paceUntil, type RecentPayment } from './habit.ts'
import { dayMs, type Known, lastOf, meet, metAt } from './known.ts'

/** Money that came in, in euro cents; `isNew`: from somebody who had not paid this holder before. `payer` null: from outside. */
export type Incoming = { readonly at: Instant; readonly eur: number; readonly payer: string | null; readonly isNew: boolean }
/**
 * With what flows there. `eur`: the most that was paid there and is habit, in euro cents; `agreed`: the most that had gone there in about a month when the
 * person confirmed a payment.
 */
type PaidPayee = Known & Flow & { readonly eur: number; readonly agreed: number }
export type Place = { readonly country: string; readonly at: Instant }

/** What is known of a holder who pays. JSON as it stands; every list is bounded. */
export type HolderProfile = {
  /** When the account was opened, or first heard of. */
  readonly openedAt: Instant
  readonly habit: Habit
  /** What goes out, to whomever. */
  readonly flow: Flow
  /** What was paid within three days: seen, and no habit yet. */
  readonly recent: readonly RecentPayment[]
  readonly payees: readonly PaidPayee[]
  readonly installations: readonly Known[]
  readonly countries: readonly Known[]
  /** Where the holder was last, and where before in another country. */
  readonly place: Place | null
  readonly elsewhere: Place | null
  /** When they were found in another country than before. */
  readonly moves: readonly Instant[]
  readonly incoming: readonly Incoming[]
  readonly payers: readonly Known[]
  /** The most that came in within two days, once these were over. */
  readonly largestIn: number
  readonly failedCodes: readonly Instant[]
}

/** A payment becomes a habit only after so long, so that a fraud cannot teach that it is usual. */
export const settlesAfterMs = 3 * dayMs
/** Money that came in is looked at for so long. */
export const incomingMs = 2 * dayMs

const most = { recent: 48, payees: 60, installations: 8, countries: 6, moves: 8, incoming: 24, payers: 24, failedCodes: 12 } as const

export const newHolder = (at: Instant): HolderProfile => ({
  openedAt: at,
  habit: noHabit,
  flow: noFlow(at),
  recent: [],
  payees: [],
  installations: [],
  countries: [],
  place: null,
  elsewhere: null,
  moves: [],
  incoming: [],
  payers: [],
  largestIn: 0,
  failedCodes: [],
})

/** The profile as it is at `now`: what was paid longer ago than three days has become habit. */
export function settled(holder: HolderProfile, now: Instant): HolderProfile {
  const kept = holder.recent.filter(({ at }) => at > now - settlesAfterMs)
  return kept.length === holder.recent.length ? holder : settleAllBut(holder, kept.length)
}

function settleAllBut(holder: HolderProfile, kept: number): HolderProfile {
  const { recent } = holder
  const over = recent.slice(0, recent.length - kept).filter(({ isLearnt }) => !isLearnt)
  const habit = over.reduce((habit, payment) => learn(habit, payment, paceFrom(payment, recent)), holder.habit)
  return { ...holder, habit, payees: paidAt(holder.payees, over), recent: recent.slice(recent.length - kept) }
}

const paidAt = (payees: readonly PaidPayee[], paid: readonly RecentPayment[]): readonly PaidPayee[] =>
  payees.map(one => {
    const eur = Math.max(one.eur, ...paid.filter(({ payee }) => payee === one.id).map(({ eur }) => eur))
    return eur === one.eur ? one : { ...one, eur }
  })

/** The profile once a payment happened. `isConfirmed`: the person was asked and said that it was them, which vouches for it at once. */
export function withPayment(before: HolderProfile, payment: AskedPayment, isConfirmed: boolean): HolderProfile {
  const { at, payee, installation, country, localHour, perPayment, eurMinor } = payment
  const holder = settled(before, at)
  const eur = Number(eurMinor)
  const paid: RecentPayment = {
    ...{ at, eur, payee, localHour },
    isNew: !holder.payees.some(({ id }) => id === payee),
    limitShare: shareOf(eur, Number(perPayment)),
    isLearnt: isConfirmed,
  }
  const recent = [...holder.recent, paid]
  const payees = withFlow(holder.payees, paid)
  const met: HolderProfile = {
    ...(country === null ? holder : withPlace(holder, country, at, isConfirmed)),
    flow: flowWith(holder.flow, eur, at),
    habit: isConfirmed ? learn(holder.habit, paid, paceUntil(at, recent)) : holder.habit,
    recent,
    payees: isConfirmed ? paidAt(payees, [paid]) : payees,
    installations: meet(holder.installations, metAt(installation, at, isConfirmed), most.installations),
  }
  return recent.length > most.recent ? settleAllBut(met, most.recent) : met
}

/** The payees with one more payment, which flows to its own; `agreed` grows where the person was asked about it. */
function withFlow(payees: readonly PaidPayee[], { payee, eur, at, isLearnt }: RecentPayment): readonly PaidPayee[] {
  const flow = flowWith(payees.find(({ id }) => id === payee) ?? noFlow(at), eur, at)
  const met = meet(payees, { ...metAt(payee, at, isLearnt), eur: 0, agreed: 0, ...noFlow(at) }, most.payees)
  return met.map(one => (one.id === payee ? { ...one, ...flow, agreed: isLearnt ? Math.max(one.agreed, flow.month) : one.agreed } : one))
}

/** What part of the limit an amount is: 0 to 1, to two decimals. */
export const shareOf = (eur: number, limit: number): number => (limit > 0 ? Math.min(1, Math.floor((eur / limit) * 100) / 100) : 1)

export function withPlace(holder: HolderProfile, country: string, at: Instant, isVouched = false): HolderProfile {
  const { place } = holder
  const isMove = place !== null && place.country !== country
  return {
    ...holder,
    countries: meet(holder.countries, metAt(country, at, isVouched), most.countries),
    place: { country, at },
    elsewhere: isMove ? place : holder.elsewhere,
    moves: isMove ? lastOf([...holder.moves, at], most.moves) : holder.moves,
  }
}

export const withInstallation = (holder: HolderProfile, installation: string, at: Instant): HolderProfile => ({
  ...holder,
  installations: meet(holder.installations, metAt(installation, at), most.installations),
})

export const withFailedCode = (holder: HolderProfile, at: Instant): HolderProfile => ({
  ...holder,
  failedCodes: lastOf([...holder.failedCodes, at], most.failedCodes),
})

export function withMoneyIn(holder: HolderProfile, eurMinor: bigint, payer: string | null, at: Instant): HolderProfile {
  const kept = holder.incoming.filter(one => one.at > at - incomingMs)
  const sum = holder.incoming.reduce((all, { eur }) => all + eur, 0)
  const isNew = payer !== null && !holder.payers.some(({ id }) => id === payer)
  return {
    ...holder,
    incoming: lastOf([...kept, { at, eur: Number(eurMinor), payer, isNew }], most.incoming),
    payers: payer === null ? holder.payers : meet(holder.payers, metAt(payer, at), most.payers),
    largestIn: kept.length < holder.incoming.length ? Math.max(holder.largestIn, sum) : holder.largestIn,
  }
}
