import { beforeAll, describe, expect, test } from 'vitest'
import { makePeople, type People } from './people.ts'
import { type Item, type Plan, planOf } from './plan.ts'
import { failureText, runSeed } from './seeds.ts'
import { simulate } from './simulate.ts'

let people: People
beforeAll(async () => {
  people = await makePeople()
})

const seeds = 200

test(`${seeds} seeds break no rule`, { timeout: 180_000 }, async () => {
  const failures: string[] = []
  for (let seed = 1; seed <= seeds && failures.length === 0; seed += 1) {
    const failure = await runSeed(seed, people)
    if (failure) failures.push(failureText(failure))
  }
  expect(failures.join('\n')).toBe('')
})

test('the same seed is the same run, step by step', { timeout: 60_000 }, async () => {
  for (const seed of [3, 5, 8]) {
    const first = await simulate(planOf(seed), people)
    const second = await simulate(planOf(seed), await makePeople())
    expect(second.trace).toEqual(first.trace)
    expect(second).toEqual(first)
  }
})

describe('one payment, with a crash at every await', () => {
  const acts: readonly Item[] = [
    { is: 'act', at: 200, do: 'order', n: 0, minor: 2490, currency: 'EUR' },
    { is: 'act', at: 600, do: 'pay', wallet: 0, n: 0 },
  ]
  const plan: Plan = { seed: 1, instances: 1, wallets: 2, hasSockets: true, lagMs: 5, items: acts }

  test.each(['wallet0', 'wallet1', 'instance0', 'machine'])('of %s', { timeout: 180_000 }, async of => {
    // Until the payment has long been told to both wallets; later there are only the same rounds again and again.
    const { steps } = await simulate(plan, people)
    const most = Math.min(steps[of] ?? 0, of.startsWith('wallet') ? 90 : 180)
    expect(most).toBeGreaterThan(60)
    const found: string[] = []
    for (let step = 1; step <= most; step += 1) {
      const { violations } = await simulate({ ...plan, items: [...acts, { is: 'crash', of, step, backMs: 300 }] }, people)
      found.push(...violations.map(violation => `at await ${step}: ${violation}`))
    }
    expect(found).toEqual([])
  })
})
