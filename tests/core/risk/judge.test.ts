import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RiskEvent } from '#core/risk/event.ts'
import { type Facts, factsOf } from '#core/risk/facts.ts'
import { decisionOf, judge, pointsOf } from '#core/risk/judge.ts'
import { activeRuleSet, shadowRuleSet } from '#core/risk/ruleSets/index.ts'
import { ruleNames, rules } from '#core/risk/rules/index.ts'
import { locales } from '#locales/index.ts'
import { sayRiskReason } from '#locales/risks.ts'
import { day, hour, life, payment, quietYear, start } from './life.ts'
import { ordinary, worse } from './worse.ts'

const isFact = (name: string): name is keyof Facts => name in ordinary
const factNames = Object.keys(ordinary).filter(isFact)
const scoreOf = (facts: Facts) => ruleNames.reduce((sum, name) => sum + pointsOf(name, facts, activeRuleSet), 0)

/** Facts of any size, in the small as in the large. */
const anyNumber = fc.oneof(fc.double({ min: 0, max: 12, noNaN: true }), fc.integer({ min: 0, max: 300_000 }))
const anyFacts: fc.Arbitrary<Facts> = fc
  .array(anyNumber, { minLength: factNames.length, maxLength: factNames.length })
  .map(values => ({ ...ordinary, ...Object.fromEntries(factNames.map((name, index) => [name, values[index] ?? 0])) }))

describe('more evidence', () => {
  test('never lowers the points of any rule, whatever fact gets worse', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...factNames), fc.double({ min: 0, max: 100_000, noNaN: true }), (facts, name, step) => {
        const changed = worse[name] === 'more' ? facts[name] + step : Math.max(0, facts[name] - step)
        for (const ruleSet of [activeRuleSet, shadowRuleSet])
          for (const rule of ruleNames)
            expect(pointsOf(rule, { ...facts, [name]: changed }, ruleSet), rule).toBeGreaterThanOrEqual(pointsOf(rule, facts, ruleSet))
      }),
      { numRuns: 2_000 },
    )
  })

  test('of any kind that happens before a payment never lowers its score', () => {
    const at = start + 365 * day - hour / 2
    const more: readonly RiskEvent[] = [
      { what: 'code_failed', at, holder: 'ann' },
      { what: 'payee_reported', at, payee: 'shop', by: 'ben' },
      { what: 'signed_in', at, holder: 'ben', installation: 'desk', country: 'DE' },
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...more), { maxLength: 12 }), fc.constantFrom(...more), (before, one) => {
        const told = before.map((event, index) => (event.what === 'signed_in' ? { ...event, holder: `ben ${index}` } : event))
        const score = (events: readonly RiskEvent[]) => {
          const ann = life()
          for (const event of events) ann.goesOn(event)
          return judge(ann.before(payment()), payment(), activeRuleSet).score
        }
        expect(score([...told, one])).toBeGreaterThanOrEqual(score(told))
      }),
      { numRuns: 100 },
    )
  })

  test('a larger sum never lowers the score, after whatever was paid before', () => {
    const sums = fc.array(fc.tuple(fc.integer({ min: 1, max: 300_000 }), fc.integer({ min: 0, max: 6 * 24 })), { maxLength: 20 })
    fc.assert(
      fc.property(sums, fc.integer({ min: 1, max: 300_000 }), fc.nat(300_000), (earlier, eur, more) => {
        const ann = life()
        const byHour = [...earlier].sort((a, b) => b[1] - a[1])
        for (const [eur, hoursAgo] of byHour)
          ann.goesOn(payment({ at: payment().at - (hoursAgo + 1) * hour, eurMinor: BigInt(eur), payee: `shop ${eur % 5}` }))
        const score = (cents: number) => {
          const asked = payment({ eurMinor: BigInt(cents) })
          return judge(ann.before(asked), asked, activeRuleSet).score
        }
        expect(score(eur + more)).toBeGreaterThanOrEqual(score(eur))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a judgement', () => {
  test('lets an ordinary payment of a quiet year through without a word', () => {
    const ann = quietYear()
    expect(judge(ann.before(payment()), payment(), activeRuleSet)).toEqual({ score: 0, decision: 'allow', reasons: [] })
  })

  test('stops a raid: a new computer abroad after guessed codes, at night, for a stranger', () => {
    const ann = quietYear()
    const at = payment().at
    for (let n = 6; n > 0; n -= 1) ann.goesOn({ what: 'code_failed', at: at - n * 60_000, holder: 'ann' })
    ann.goesOn({ what: 'signed_in', at: at - 30_000, holder: 'ann', installation: 'thief', country: 'US' })
    const asked = payment({ installation: 'thief', country: 'US', payee: 'eve', payeeKind: 'person', eurMinor: 190_000n, localHour: 3 })
    const { score, decision, reasons } = judge(ann.before(asked), asked, activeRuleSet)
    expect(decision).toBe('refuse')
    expect(reasons.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['new_device_large', 'new_payee_large', 'amount_history', 'failed_codes', 'night', 'country_jump']),
    )
    expect(score).toBe(reasons.reduce((sum, { points }) => sum + points, 0))
    expect(reasons.map(({ points }) => points)).toEqual(reasons.map(({ points }) => points).sort((a, b) => b - a))
  })

  test('of somebody of whom nothing is known is finite, and a small sum is allowed', () => {
    const { decision } = judge(life().before(payment()), payment(), activeRuleSet)
    expect(decision).toBe('allow')
    for (const fact of Object.values(factsOf(life().before(payment()), payment()))) expect(Number.isFinite(fact)).toBe(true)
  })

  test('is harsher the higher the score, beginning at the named ones', () => {
    const { challenge, hold, refuse } = activeRuleSet.decisions
    const scores = [0, challenge - 1, challenge, hold - 1, hold, refuse - 1, refuse]
    const expected = ['allow', 'allow', 'challenge', 'challenge', 'hold', 'hold', 'refuse']
    expect(scores.map(score => decisionOf(score, activeRuleSet))).toEqual(expected)
  })

  test('is no refusal for one reason alone, and one for all together', () => {
    const all = {
      ...ordinary,
      ...Object.fromEntries(factNames.map(name => [name, worse[name] === 'less' ? 0 : name === 'payeeIsPerson' ? 1 : 1_000_000])),
    }
    for (const rule of ruleNames) expect(pointsOf(rule, all, activeRuleSet), rule).toBeLessThan(activeRuleSet.decisions.refuse)
    expect(scoreOf(all)).toBeGreaterThanOrEqual(activeRuleSet.decisions.refuse)
  })
})

describe('every reason', () => {
  const asked = payment({ country: 'US', localHour: 3 })
  for (const locale of Object.keys(locales).filter((tag): tag is keyof typeof locales => tag in locales)) {
    test(`is a sentence in ${locale}, with what the rule saw`, () => {
      for (const rule of ruleNames) {
        const said = sayRiskReason(locale, { rule, detail: rules[rule].detail({ ...ordinary, hoursSinceElsewhere: 2.5 }, asked) })
        expect(said, rule).toMatch(locale === 'en' ? /\.$/ : /。$/)
        expect(said, rule).not.toMatch(/[{}#]|undefined|NaN/)
      }
    })
  }
  test('names countries and sums as people do', () => {
    expect(sayRiskReason('en', { rule: 'country_jump', detail: { country: 'US', hours: '2' } })).toBe(
      'Country of the payment: United States; 2 h earlier the account was used in another country.',
    )
    expect(sayRiskReason('zh-CN', { rule: 'small_then_large', detail: { count: '4', eurAmount: '950.00' } })).toBe(
      '先有 4 笔小额付款，随后一笔为 €\u00a0950.00。',
    )
  })
})
