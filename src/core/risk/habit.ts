import type { Instant } from '../ledger/command.ts'
import { dayMs, hourMs } from './known.ts'

/** A payment that happened, as the profile of its holder keeps it for three days. `eur` in euro cents. */
export type RecentPayment = {
  readonly at: Instant
  readonly eur: number
  readonly payee: string
  /** The holder had not paid there before. */
  readonly isNew: boolean
  readonly localHour: number
  /** What part of the most that may be paid at once it was, 0 to 1, to two decimals. */
  readonly limitShare: number
  /** The habit has it already. */
  readonly isLearnt: boolean
}

/** What is usual for a person. Amounts in euro cents; the largest fade by half in a year; `hours` counts payments by local hour. */
export type Habit = {
  readonly payments: number
  readonly since: Instant | null
  readonly lastAt: Instant | null
  /** Of the amounts, and of those at a first payment to somebody. */
  readonly amounts: Spread
  readonly amountsToNew: Spread
  readonly largest: number
  readonly largestToNew: number
  readonly largestDay: number
  readonly busiestHour: number
  readonly busiestDay: number
  readonly hours: readonly number[]
}

/** Mean and variance of the natural logarithm of amounts, over about the last hundred. */
export type Spread = { readonly payments: number; readonly meanLog: number; readonly varianceLog: number }

/** How much was going on around a payment: payments within an hour and a day, and what the day came to in euro cents. */
export type Pace = { readonly inHour: number; readonly inDay: number; readonly dayTotal: number }

const noSpread: Spread = { payments: 0, meanLog: 0, varianceLog: 0 }

export const noHabit: Habit = {
  payments: 0,
  since: null,
  lastAt: null,
  amounts: noSpread,
  amountsToNew: noSpread,
  largest: 0,
  largestToNew: 0,
  largestDay: 0,
  busiestHour: 0,
  busiestDay: 0,
  hours: Array.from({ length: 24 }, () => 0),
}

const memoryOfAmounts = 100
const memoryOfHours = 400
const halfLifeMs = 365 * dayMs

/** How much went on in the hour and the day that begin with `payment`. */
export const paceFrom = (payment: RecentPayment, list: readonly RecentPayment[]): Pace =>
  paceOf(
    list.filter(({ at }) => at >= payment.at && at < payment.at + dayMs),
    at => at < payment.at + hourMs,
  )

/** How much went on in the hour and the day that end with `now`. */
export const paceUntil = (now: Instant, list: readonly RecentPayment[]): Pace =>
  paceOf(
    list.filter(({ at }) => at > now - dayMs && at <= now),
    at => at > now - hourMs,
  )

const paceOf = (day: readonly RecentPayment[], isInHour: (at: Instant) => boolean): Pace => ({
  inHour: day.filter(({ at }) => isInHour(at)).length,
  inDay: day.length,
  dayTotal: day.reduce((sum, { eur }) => sum + eur, 0),
})

/** The habit with one more payment that is past doubt. */
export function learn(habit: Habit, { at, eur, isNew, localHour }: RecentPayment, pace: Pace): Habit {
  const fading = habit.lastAt === null ? 1 : 0.5 ** (Math.max(0, at - habit.lastAt) / halfLifeMs)
  const most = (before: number, now: number) => Math.max(Math.round(before * fading), now)
  const hours = habit.hours.map((count, hour) => count + (hour === localHour ? 1 : 0))
  const isFull = hours.reduce((sum, count) => sum + count, 0) > memoryOfHours
  return {
    payments: habit.payments + 1,
    since: habit.since ?? at,
    lastAt: Math.max(at, habit.lastAt ?? at),
    amounts: spreadWith(habit.amounts, eur),
    amountsToNew: isNew ? spreadWith(habit.amountsToNew, eur) : habit.amountsToNew,
    largest: most(habit.largest, eur),
    largestToNew: isNew ? most(habit.largestToNew, eur) : habit.largestToNew,
    largestDay: most(habit.largestDay, pace.dayTotal),
    busiestHour: Math.max(habit.busiestHour, pace.inHour),
    busiestDay: Math.max(habit.busiestDay, pace.inDay),
    hours: isFull ? hours.map(count => Math.floor(count / 2)) : hours,
  }
}

function spreadWith({ payments, meanLog, varianceLog }: Spread, eur: number): Spread {
  const weight = Math.min(payments + 1, memoryOfAmounts)
  const off = Math.log(Math.max(1, eur)) - meanLog
  return {
    payments: payments + 1,
    meanLog: meanLog + off / weight,
    varianceLog: varianceLog + (off * (off - off / weight) - varianceLog) / weight,
  }
}
