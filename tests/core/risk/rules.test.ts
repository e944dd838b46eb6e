import { describe, expect, test } from 'vitest'
import type { Facts } from '#core/risk/facts.ts'
import { pointsOf } from '#core/risk/judge.ts'
import { activeRuleSet, shadowRuleSet } from '#core/risk/ruleSets/index.ts'
import { type RuleName, ruleNames } from '#core/risk/rules/index.ts'
import { ordinary } from './worse.ts'

type Case = { readonly strange: Partial<Facts>; readonly innocent: Readonly<Record<string, Partial<Facts>>> }

/** What each rule is there for, and what resembles it and is none. */
const cases: Readonly<Record<RuleName, Case>> = {
  velocity: {
    strange: { inHour: 15, timesBusiestHour: 7, inDay: 30, timesBusiestDay: 10 },
    innocent: { 'somebody who always pays as often': { inHour: 15, timesBusiestHour: 0.9, inDay: 30, timesBusiestDay: 1 } },
  },
  amount_history: {
    strange: { eur: 200_000, timesLargest: 10, deviation: 5, timesLargestDay: 10 },
    innocent: {
      'a little more than never much': { eur: 3_000, timesLargest: 10, deviation: 5, timesLargestDay: 10 },
      'much by somebody who pays much': { eur: 200_000, timesLargest: 0.5, deviation: 1, timesLargestDay: 0.5 },
    },
  },
  new_payee_large: {
    strange: { payeeKnownDays: 0, eur: 200_000, timesLargestToNew: 5, deviationToNew: 5, payeePayers: 0, payeeIsPerson: 1 },
    innocent: {
      'the rent, to the one who always gets it': { payeeKnownDays: 60, eur: 200_000, timesLargestToNew: 5, deviationToNew: 5 },
      'a coffee at a new place': { payeeKnownDays: 0, eur: 350 },
    },
  },
  new_device_large: {
    strange: { installationKnownDays: 0, eur: 200_000, timesLargest: 3, payeeKnownDays: 0 },
    innocent: { 'the computer of always': { eur: 200_000, timesLargest: 3, payeeKnownDays: 0 } },
  },
  night: {
    strange: { hourUsual: 0, timesLargest: 3, payeeKnownDays: 0 },
    innocent: { 'somebody who works at night': { hourUsual: 1, timesLargest: 3, payeeKnownDays: 0 } },
  },
  country_jump: {
    strange: { countryKnownDays: 0, hoursSinceElsewhere: 0.3, moves: 4, installationKnownDays: 0 },
    innocent: { 'at home': { installationKnownDays: 0 } },
  },
  small_then_large: {
    strange: { smallBefore: 8, smallToNewBefore: 6, timesLargest: 3, deviation: 4 },
    innocent: {
      'a day of coffees and a dinner': { smallBefore: 8, timesLargest: 0.3 },
      'a large one with nothing before': { timesLargest: 3, deviation: 4 },
    },
  },
  much_to_one: {
    strange: { monthToPayee: 300_000, timesUsualMonth: 4, timesOwnMonth: 6, payeePayers: 1, payeeIsPerson: 1 },
    innocent: {
      'the rent, which is as much every month': { monthToPayee: 300_000, timesUsualMonth: 4, timesOwnMonth: 1.2, payeePayers: 1 },
      'a friend who is paid back a little': {
        monthToPayee: 6_000,
        timesUsualMonth: 0.1,
        timesOwnMonth: 6,
        payeePayers: 1,
        payeeIsPerson: 1,
      },
    },
  },
  mule_pattern: {
    strange: { passedOn: 1, hoursSinceIn: 0.5, newPayersIn: 5, timesLargestIn: 5, payeeKnownDays: 0, accountAgeDays: 3 },
    innocent: {
      'wages that are spent over the month': { passedOn: 0.1, hoursSinceIn: 2, timesLargestIn: 5, newPayersIn: 1 },
      'money that came last week': { passedOn: 1, hoursSinceIn: 47, newPayersIn: 5 },
    },
  },
  dormant_wakes: {
    strange: { sleptDays: 300, timesUsualGap: 40, timesLargest: 3, payeeKnownDays: 0, installationKnownDays: 0 },
    innocent: { 'somebody who pays once a year': { sleptDays: 300, timesUsualGap: 1, timesLargest: 3 } },
  },
  structuring: {
    strange: { nearLimit: 5, timesLargestDay: 5 },
    innocent: { 'one payment up to the limit': { nearLimit: 1, timesLargestDay: 5 } },
  },
  failed_codes: {
    strange: { failedCodesInHour: 8, failedCodesInDay: 12 },
    innocent: { 'a slip of the finger': { failedCodesInHour: 1, failedCodesInDay: 1 } },
  },
  payee_reported: {
    strange: { payeeReports: 6, payersPerReport: 2, payeeKnownDays: 0 },
    innocent: { 'one cross customer of thousands': { payeeReports: 1, payersPerReport: 5_000, payeeKnownDays: 0 } },
  },
  shared_device: {
    strange: { othersOnInstallation: 11, newOthersOnInstallation: 10, stoppedOnInstallation: 3 },
    innocent: { 'a couple at one computer': { othersOnInstallation: 1 } },
  },
}

for (const ruleSet of [activeRuleSet, shadowRuleSet]) {
  describe(`by the rule set ${ruleSet.version}`, () => {
    for (const name of ruleNames) {
      const { strange, innocent } = cases[name]
      const points = (change: Partial<Facts>) => pointsOf(name, { ...ordinary, ...change }, ruleSet)
      test(`${name} says nothing of an ordinary payment`, () => expect(points({})).toBe(0))
      test(`${name} speaks where it should`, () => expect(points(strange)).toBeGreaterThanOrEqual(20))
      for (const [what, change] of Object.entries(innocent)) test(`${name} is silent on ${what}`, () => expect(points(change)).toBe(0))
    }
  })
}
