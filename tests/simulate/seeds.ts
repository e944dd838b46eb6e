import type { People } from './people.ts'
import { itemText, type Plan, planOf } from './plan.ts'
import type { Planted } from './plantable.ts'
import { shrink } from './shrink.ts'
import { simulate } from './simulate.ts'

/** A seed that failed. `plan` is the shortest that still fails; `trace` and `violations` are of that one. */
export type Failure = {
  readonly seed: number
  readonly plan: Plan
  readonly violations: readonly string[]
  readonly trace: readonly string[]
}

const kindOf = (violation: string): string => violation.replace(/[0-9a-f-]{36}|\d+/g, '#').slice(0, 60)

/** Runs one seed; where it fails, looks for the shortest plan that breaks a rule of the same kind. */
export async function runSeed(seed: number, people: People, planted: Planted = {}): Promise<Failure | undefined> {
  const plan = planOf(seed)
  const first = await simulate(plan, people, planted)
  const [told] = first.violations
  if (told === undefined) return undefined
  const isSame = async (shorter: Plan): Promise<boolean> =>
    (await simulate(shorter, people, planted)).violations.some(violation => kindOf(violation) === kindOf(told))
  const shortest = await shrink(plan, isSame)
  const { violations, trace } = await simulate(shortest, people, planted)
  return { seed, plan: shortest, violations, trace }
}

/** Runs seeds until one fails. Undefined where none of them does; else which one, and with what. */
export async function firstFailure(
  from: number,
  seeds: number,
  people: People,
  plant: () => Planted,
): Promise<{ seed: number; violations: readonly string[] } | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violations } = await simulate(planOf(seed), people, plant())
    if (violations.length > 0) return { seed, violations }
  }
  return undefined
}

/** What is printed of a failing seed. */
export const failureText = ({ seed, plan, violations, trace }: Failure): string =>
  [
    `seed ${seed} fails, ${plan.instances} instances, ${plan.wallets} wallets, ${plan.hasSockets ? 'sockets' : 'polling'}, lag ${plan.lagMs} ms; with these it still does:`,
    ...plan.items.map(item => `  ${itemText(item)}`),
    'what happened, in virtual milliseconds:',
    ...trace.map(line => `  ${line}`),
    'what does not hold:',
    ...violations.slice(0, 20).map(violation => `  ${violation}`),
    `again: npm run simulate -- --seed ${seed}`,
  ].join('\n')
