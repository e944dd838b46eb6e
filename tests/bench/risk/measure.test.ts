import { describe, expect, test } from 'vitest'
import { activeRuleSet } from '#core/risk/ruleSets/index.ts'
import { payment } from '../../core/risk/life.ts'
import { measure, recallOf } from './measure.ts'
import { makeStream } from './stream.ts'

const seed = 7
const stream = makeStream(seed, 10_000)
const isAny = () => true
const askingFrom = (challenge: number) => ({ ...activeRuleSet, decisions: { challenge, hold: Infinity, refuse: Infinity } })

describe('a small year of payments with frauds in it', () => {
  test('is told in the order of its instants', () => {
    const instants = stream.map(({ event }) => event.at)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  })
  test('has most of its frauds found and hardly an honest payment stopped', () => {
    const year = measure(stream, activeRuleSet)
    expect(recallOf(year, isAny)).toBeGreaterThan(0.6)
    expect(year.falseAlarms / year.honest).toBeLessThan(0.02)
  })
  test('has every fraud found, and everybody stopped, where everything is asked about', () => {
    const year = measure(stream, askingFrom(0))
    expect(recallOf(year, isAny)).toBe(1)
    expect(year.falseAlarms).toBe(year.honest)
  })
  test('has no fraud found, and nobody stopped, where nothing is', () => {
    const year = measure(stream, askingFrom(Infinity))
    expect(recallOf(year, isAny)).toBe(0)
    expect(year.falseAlarms).toBe(0)
  })
})

describe('an episode', () => {
  /** Asks where a code was wrong within the hour, and only there. */
  const ruleSet = {
    ...askingFrom(1_000),
    thresholds: {
      ...activeRuleSet.thresholds,
      failed_codes: { ...activeRuleSet.thresholds.failed_codes, failedCodesInHour: [0, 1], hour: 1_000 },
    },
  } as const
  const fraud = { kind: 'raid', episode: 'raid 1' }
  const recall = (beforeEur: bigint, afterEur: bigint) => {
    const { at, holder } = payment()
    const told = [
      { event: payment({ at: at - 2, eurMinor: beforeEur }), fraud },
      { event: { what: 'code_failed', at: at - 1, holder }, fraud: null },
      { event: payment({ eurMinor: afterEur }), fraud },
    ] as const
    return recallOf(measure(told, ruleSet), isAny)
  }
  test('is found where the first alarm comes with half of the money still there', () => {
    expect(recall(40n, 60n)).toBe(1)
    expect(recall(50n, 50n)).toBe(1)
  })
  test('is not where more is gone', () => expect(recall(60n, 40n)).toBe(0))
})

test('money that was stopped on its way does not come in', () => {
  const passed = (kind: string | null) => {
    const asked = payment({ payee: 'eve', payeeKind: 'person' })
    const told = [
      { event: asked, fraud: kind === null ? null : { kind, episode: kind } },
      { event: { what: 'money_in', at: asked.at, holder: 'eve', eurMinor: asked.eurMinor, payer: 'ann' }, fraud: null },
    ] as const
    return measure(told, askingFrom(0)).seen
  }
  expect(passed(null)).toBe(2)
  expect(passed('raid')).toBe(1)
})
