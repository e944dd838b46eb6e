import type { AskedPayment } from './event.ts'
import { flowAt, noFlow, usualMonth } from './flow.ts'
import { type Habit, paceUntil, type RecentPayment, type Spread } from './habit.ts'
import { type HolderProfile, incomingMs, newHolder, settled, settlesAfterMs, shareOf } from './holder.ts'
import { type InstallationProfile, newInstallation } from './installation.ts'
import { countWithin, dayMs, daysKnown, hourMs, metWithin, newWithin } from './known.ts'
import { newPayee, type PayeeProfile } from './payee.ts'
import type { Profiles } from './profiles.ts'

/**
 * What the rules look at: a payment measured against what is known. Every fact is a finite number, and each has one direction in which it is worse
 * (`tests/core/risk/worse.ts` says which), so that more evidence can only raise a score. Amounts in euro cents.
 */
export type Facts = {
  readonly eur: number
  /** The amount as a multiple of the largest so far, of the largest so far at a first payment, and the day's sum of the largest day's. */
  readonly timesLargest: number
  readonly timesLargestToNew: number
  readonly timesLargestDay: number
  /** By how many standard deviations the amount's logarithm is above the usual, and above the usual at a first payment. */
  readonly deviation: number
  readonly deviationToNew: number

  /** This one counted. */
  readonly inTenMinutes: number
  readonly inHour: number
  readonly inDay: number
  readonly timesBusiestHour: number
  readonly timesBusiestDay: number
  /** Payees who were paid within a day and never before, this one counted. */
  readonly newPayeesInDay: number

  /** For how long the holder knows the payee, and how many others had paid there before the last three days. */
  readonly payeeKnownDays: number
  readonly payeePayers: number
  /** The amount as a multiple of the most that the payee got so far: trust in a payee reaches as far as that. */
  readonly timesLargestToPayee: number
  /** What goes to the payee in about thirty days, this one counted. */
  readonly monthToPayee: number
  /** That, as a multiple of what usually goes to all others in thirty days, and of what usually went to this payee or was agreed to. */
  readonly timesUsualMonth: number
  readonly timesOwnMonth: number
  /** 1: a person, 0: a shop. */
  readonly payeeIsPerson: number
  /** Who reported the payee within ninety days, and for how many of its payers that is one. */
  readonly payeeReports: number
  readonly payersPerReport: number

  readonly installationKnownDays: number
  /** Other accounts on this computer within ninety days, and those that came there within two weeks. */
  readonly othersOnInstallation: number
  readonly newOthersOnInstallation: number
  /** Payments on this computer within thirty days that were not confirmed. */
  readonly stoppedOnInstallation: number

  /** How usual the hour is: 1 as often as any, 0 never. */
  readonly hourUsual: number
  readonly countryKnownDays: number
  /** Since the holder was last in another country than this one. */
  readonly hoursSinceElsewhere: number
  /** How often they were found in another country within three days, this one counted. */
  readonly moves: number

  /** Payments within a day of at most a tenth of this one, and within three days those of them to payees never paid before. */
  readonly smallBefore: number
  readonly smallToNewBefore: number

  /** What goes out within two days, this one counted, as a part of what came in; 0 where nothing did. */
  readonly passedOn: number
  /** What came in within two days as a multiple of the most that did before. */
  readonly timesLargestIn: number
  /** People who sent money within two days and never before. */
  readonly newPayersIn: number
  readonly hoursSinceIn: number

  /** The longest silence that ended within the last three days, and as a multiple of the usual one. */
  readonly sleptDays: number
  readonly timesUsualGap: number
  readonly accountAgeDays: number

  /** Payments within three days of four fifths of the limit or more, this one counted, if it is such a one. */
  readonly nearLimit: number
  readonly failedCodesInHour: number
  readonly failedCodesInDay: number
}

/** What is taken for usual of somebody of whom little is known: as if so many payments around so much were seen. */
const prior = { weight: 4, mostWeight: 100, meanLog: Math.log(3_000), varianceLog: 1.2, hourWeight: 12 } as const
/** After so many payments there is a habit; until then, as far as they are missing, what the person may pay at once stands in for the largest sums. */
const knownAfter = 10
/** Of the largest that may be paid at once, so many stand in for a month. */
const paymentsInMonth = 4n
/** Habits below these are none: nobody has to be asked because 6 euro are twice of 3. Sums in euro cents. */
const least = {
  largest: 4_000,
  largestDay: 6_000,
  largestIn: 10_000,
  toPayee: 1_000,
  month: 20_000,
  monthToPayee: 5_000,
  inHour: 2,
  inDay: 3,
  gapDays: 3,
  deviation: 0.6,
} as const
const long = 9_999
const rushMs = hourMs / 6
const reportedWithinMs = 90 * dayMs
const metWithinMs = 90 * dayMs
const cameWithinMs = 14 * dayMs
const stoppedWithinMs = 30 * dayMs
const nearLimitShare = 0.8
const smallPart = 10

/** Measures a payment. Pure; profiles of whom nothing is known are new ones. */
export function factsOf(profiles: Profiles, payment: AskedPayment): Facts {
  const { at } = payment
  const holder = settled(profiles.holder ?? newHolder(at), at)
  return {
    ...amountFacts(holder, payment),
    ...payeeFacts(holder, profiles.payee ?? newPayee(at), payment),
    ...installationFacts(holder, profiles.installation ?? newInstallation, payment),
    ...placeFacts(holder, payment),
    ...incomingFacts(holder, payment),
    ...silenceFacts(holder, payment),
    failedCodesInHour: countWithin(holder.failedCodes, hourMs, at),
    failedCodesInDay: countWithin(holder.failedCodes, dayMs, at),
  }
}

type Some<Name extends keyof Facts> = Pick<Facts, Name>

/** A largest sum of which little was seen says little: nobody is strange by their first payments. */
const usualMost = ({ payments }: Pick<Habit, 'payments'>, seen: number, least: number, perPayment: bigint): number =>
  Math.max(seen, least, Number(perPayment) * Math.max(0, 1 - payments / knownAfter))

function amountFacts(
  { habit, recent, payees }: HolderProfile,
  { at, eurMinor, payee, perPayment }: AskedPayment,
): Some<
  | 'eur'
  | 'timesLargest'
  | 'timesLargestToNew'
  | 'timesLargestDay'
  | 'deviation'
  | 'deviationToNew'
  | 'inTenMinutes'
  | 'inHour'
  | 'inDay'
  | 'timesBusiestHour'
  | 'timesBusiestDay'
  | 'newPayeesInDay'
  | 'smallBefore'
  | 'smallToNewBefore'
  | 'nearLimit'
> {
  const eur = Number(eurMinor)
  const pace = paceUntil(at, recent)
  const day = recent.filter(one => one.at > at - dayMs)
  const isSmall = (one: RecentPayment) => one.eur * smallPart <= eur
  const newPayees = new Set(day.filter(({ isNew }) => isNew).map(one => one.payee))
  if (!payees.some(({ id }) => id === payee)) newPayees.add(payee)
  const isNear = (share: number) => share >= nearLimitShare
  const ownNear = isNear(shareOf(eur, Number(perPayment)))
  return {
    eur,
    timesLargest: eur / usualMost(habit, habit.largest, least.largest, perPayment),
    timesLargestToNew: eur / usualMost(habit, habit.largestToNew, least.largest, perPayment),
    timesLargestDay: (pace.dayTotal + eur) / usualMost(habit, habit.largestDay, least.largestDay, perPayment),
    deviation: deviationOf(eur, habit.amounts),
    deviationToNew: deviationOf(eur, habit.amountsToNew),
    inTenMinutes: recent.filter(one => one.at > at - rushMs).length + 1,
    inHour: pace.inHour + 1,
    inDay: pace.inDay + 1,
    timesBusiestHour: (pace.inHour + 1) / Math.max(habit.busiestHour, least.inHour),
    timesBusiestDay: (pace.inDay + 1) / Math.max(habit.busiestDay, least.inDay),
    newPayeesInDay: newPayees.size,
    smallBefore: day.filter(isSmall).length,
    smallToNewBefore: recent.filter(one => one.isNew && isSmall(one)).length,
    nearLimit: ownNear ? recent.filter(({ limitShare }) => isNear(limitShare)).length + 1 : 0,
  }
}

/** Of an amount from a spread; as far as little of that was seen, it is taken for the usual one, and says less. */
function deviationOf(eur: number, { payments, meanLog, varianceLog }: Spread): number {
  const seen = Math.min(payments, prior.mostWeight)
  const weighed = (own: number, others: number) => (own * seen + others * prior.weight) / (seen + prior.weight)
  const variance = weighed(varianceLog, prior.varianceLog)
  const deviation = (Math.log(Math.max(1, eur)) - weighed(meanLog, prior.meanLog)) / Math.max(least.deviation, Math.sqrt(variance))
  return deviation * Math.min(1, payments / prior.weight)
}

function payeeFacts(
  holder: HolderProfile,
  payee: PayeeProfile,
  payment: AskedPayment,
): Some<
  | 'payeeKnownDays'
  | 'payeePayers'
  | 'timesLargestToPayee'
  | 'monthToPayee'
  | 'timesUsualMonth'
  | 'timesOwnMonth'
  | 'payeeIsPerson'
  | 'payeeReports'
  | 'payersPerReport'
> {
  const { at } = payment
  const before = holder.payees.find(({ id }) => id === payment.payee)
  const reports = metWithin(payee.reports, reportedWithinMs, at, payment.holder)
  return {
    payeeKnownDays: daysKnown(holder.payees, payment.payee, at),
    timesLargestToPayee: Number(payment.eurMinor) / Math.max(least.toPayee, before?.eur ?? 0),
    ...monthFacts(holder, payment),
    payeePayers: Math.max(0, payee.payersEver - newWithin(payee.payers, settlesAfterMs, at)),
    payeeIsPerson: payment.payeeKind === 'person' ? 1 : 0,
    payeeReports: reports,
    payersPerReport: payee.payersEver / Math.max(1, reports),
  }
}

/** What goes to one payee over weeks. */
function monthFacts(
  { payees, flow, openedAt, habit }: HolderProfile,
  { at, payee, eurMinor, perPayment }: AskedPayment,
): Some<'monthToPayee' | 'timesUsualMonth' | 'timesOwnMonth'> {
  const own = payees.find(({ id }) => id === payee)
  const ownFlow = flowAt(own ?? noFlow(at), at)
  const monthToPayee = ownFlow.month + Number(eurMinor)
  const all = flowAt(flow, at)
  const toOthers = usualMonth({ ...all, half: Math.max(0, all.half - ownFlow.half) }, openedAt, at)
  const toPayee = Math.max(own?.agreed ?? 0, usualMonth(ownFlow, own?.since ?? at, at))
  return {
    monthToPayee,
    timesUsualMonth: monthToPayee / usualMost(habit, toOthers, least.month, perPayment * paymentsInMonth),
    timesOwnMonth: monthToPayee / Math.max(least.monthToPayee, toPayee),
  }
}

function installationFacts(
  { installations }: HolderProfile,
  { holders, stopped }: InstallationProfile,
  { at, holder, installation }: AskedPayment,
): Some<'installationKnownDays' | 'othersOnInstallation' | 'newOthersOnInstallation' | 'stoppedOnInstallation'> {
  const isOnly = installations.every(({ id }) => id === installation)
  return {
    // The computer with which an account began is as old to it as the account is.
    installationKnownDays: isOnly ? long : Math.min(long, daysKnown(installations, installation, at)),
    othersOnInstallation: metWithin(holders, metWithinMs, at, holder),
    newOthersOnInstallation: newWithin(holders, cameWithinMs, at, holder),
    stoppedOnInstallation: countWithin(stopped, stoppedWithinMs, at),
  }
}

/** How a day is spread over its hours for somebody of whom nothing is known: little from midnight to six. */
const usualHours = Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0.25 : hour < 8 ? 0.75 : 1.25))

function placeFacts(
  { habit, countries, place, elsewhere, moves }: HolderProfile,
  { at, country, localHour }: AskedPayment,
): Some<'hourUsual' | 'countryKnownDays' | 'hoursSinceElsewhere' | 'moves'> {
  const near = [23, 0, 1].map(step => (localHour + step) % 24)
  const seen = near.reduce((sum, hour) => sum + (habit.hours[hour] ?? 0), 0) / near.length
  const all = habit.hours.reduce((sum, count) => sum + count, 0)
  const expected = ((usualHours[localHour] ?? 1) * prior.hourWeight) / 24
  const hourUsual = ((seen + expected) / (all + prior.hourWeight)) * 24
  if (country === null) return { hourUsual, countryKnownDays: long, hoursSinceElsewhere: long, moves: 0 }
  const isMove = place !== null && place.country !== country
  const other = isMove ? place : elsewhere
  return {
    hourUsual,
    countryKnownDays: countries.length === 0 ? long : daysKnown(countries, country, at),
    hoursSinceElsewhere: other === null ? long : Math.min(long, (at - other.at) / hourMs),
    moves: countWithin(moves, settlesAfterMs, at) + (isMove ? 1 : 0),
  }
}

function incomingFacts(
  { habit, incoming, recent, largestIn }: HolderProfile,
  { at, eurMinor, perPayment }: AskedPayment,
): Some<'passedOn' | 'timesLargestIn' | 'newPayersIn' | 'hoursSinceIn'> {
  const came = incoming.filter(one => one.at > at - incomingMs)
  const first = came[0]
  const last = came.at(-1)
  if (first === undefined || last === undefined) return { passedOn: 0, timesLargestIn: 0, newPayersIn: 0, hoursSinceIn: long }
  const sum = came.reduce((all, { eur }) => all + eur, 0)
  const out = recent.filter(one => one.at >= first.at).reduce((all, { eur }) => all + eur, Number(eurMinor))
  return {
    passedOn: out / Math.max(1, sum),
    timesLargestIn: sum / usualMost(habit, largestIn, least.largestIn, perPayment),
    newPayersIn: came.filter(({ isNew }) => isNew).length,
    hoursSinceIn: (at - last.at) / hourMs,
  }
}

function silenceFacts(
  { habit, recent, openedAt }: HolderProfile,
  { at }: AskedPayment,
): Some<'sleptDays' | 'timesUsualGap' | 'accountAgeDays'> {
  const instants = [habit.lastAt ?? openedAt, ...recent.map(one => one.at), at]
  const gaps = instants.slice(1).map((one, index) => (one - (instants[index] ?? one)) / dayMs)
  const sleptDays = Math.max(...gaps)
  const usualDays =
    habit.since === null || habit.lastAt === null ? 0 : (habit.lastAt - habit.since) / dayMs / Math.max(1, habit.payments - 1)
  return { sleptDays, timesUsualGap: sleptDays / Math.max(least.gapDays, usualDays), accountAgeDays: (at - openedAt) / dayMs }
}
