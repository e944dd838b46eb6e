import { toDecimal } from '../money/amount.ts'
import type { AskedPayment } from './event.ts'
import type { Facts } from './facts.ts'

/** What a reason says beside its rule, as text: sums as decimals in euro (`eur...`), counts, hours and days as digits, a country as its code. */
export type ReasonDetail = Readonly<Record<string, string>>

/**
 * One way in which a payment can be strange. `points` never falls where a fact gets worse; 0 where there is nothing to say. `detail` names what it saw.
 * To add a rule: one file, one line in `rules/index.ts`; the compiler asks for its thresholds in each rule set and its sentence in each language.
 */
export type Rule<Thresholds> = {
  points(facts: Facts, thresholds: Thresholds): number
  detail(facts: Facts, payment: AskedPayment): ReasonDetail
}

/** Euro cents as a decimal. */
export const inEuro = (cents: number): string => toDecimal({ currency: 'EUR', minor: BigInt(Math.round(cents)) })

/** A number for people: one digit after the point below ten, none from there on. */
export const rounded = (value: number): string => (value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value)))
