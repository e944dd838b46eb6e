import type { Plan } from './plan.ts'
import { type Random, randomOf } from './random.ts'
import type { Time } from './time.ts'

/** What a process that is no more finds wherever it turns. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** One life of a wallet or of an instance of the service. What it has not made durable is gone when it ends. */
export type Process = {
  readonly name: string
  readonly random: Random
  isAlive(): boolean
  /** Never runs once the process has ended. */
  after(ms: number, run: () => void): () => void
  /** Its own clock, which may be wrong. */
  now(): number
  /**
   * An await at which it may end: resolves a moment later. Where it has ended by then it rejects with `Killed` if it is `told` to, as a client's broken line
   * does to a database; else it never resolves.
   */
  step(what: string, told?: 'told'): Promise<void>
  end(): void
}

export type Processes = {
  begin(name: string): Process
  /** How much the clock of that name is wrong. */
  clockOff(name: string, ms: number): void
  /** Who has lived. */
  names(): readonly string[]
  /** How many awaits of that name have passed. */
  steps(name: string): number
  /** From now on nothing planned happens any more. */
  heal(): void
}

type Parts = {
  readonly plan: Plan
  readonly time: Time
  readonly log: (line: string) => void
  /** `of` reached an await at which the plan ends it: `wallet0`, `instance1`, or `machine`, which is all instances and the database. */
  readonly onCrash: (of: string, backMs: number) => void
}

export function createProcesses({ plan, time, log, onCrash }: Parts): Processes {
  const counts = new Map<string, number>()
  const offsets = new Map<string, number>()
  const streams = new Map<string, Random>()
  const crashes = new Map<string, number>()
  for (const item of plan.items) if (item.is === 'crash') crashes.set(`${item.of} ${item.step}`, item.backMs)
  let isHealed = false

  const streamOf = (name: string): Random => {
    const known = streams.get(name) ?? randomOf('process', plan.seed, name)
    streams.set(name, known)
    return known
  }

  function count(name: string, what: string): void {
    const n = (counts.get(name) ?? 0) + 1
    counts.set(name, n)
    const backMs = isHealed ? undefined : crashes.get(`${name} ${n}`)
    if (backMs === undefined) return
    log(`${name} ends at its await ${n}: ${what}`)
    onCrash(name, backMs)
  }

  return {
    begin(name) {
      const random = streamOf(name)
      let isAlive = true
      return {
        name,
        random,
        isAlive: () => isAlive,
        after: (ms, run) =>
          time.after(ms, () => {
            if (isAlive) run()
          }),
        now: () => Math.round(time.now() + (offsets.get(name) ?? 0)),
        step: (what, told) =>
          new Promise((resolve, reject) => {
            const gone = (): void => {
              if (told) reject(new Killed())
            }
            if (!isAlive) return gone()
            count(name, what)
            if (name.startsWith('instance')) count('machine', what)
            if (!isAlive) return gone()
            time.after(random.int(3), () => (isAlive ? resolve() : gone()))
          }),
        end() {
          isAlive = false
        },
      }
    },
    clockOff(name, ms) {
      offsets.set(name, (offsets.get(name) ?? 0) + ms)
    },
    names: () => [...streams.keys()].sort(),
    steps: name => counts.get(name) ?? 0,
    heal() {
      isHealed = true
      offsets.clear()
    },
  }
}
