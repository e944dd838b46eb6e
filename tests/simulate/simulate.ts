import { createHash } from 'node:crypto'
import { Fault } from '#core/failure/faults.ts'
import type { Database } from '#storage/sqlite/database.ts'
import { createActors } from './acts.ts'
import { audit } from './audit.ts'
import { type People, startsAt } from './people.ts'
import type { Plan } from './plan.ts'
import type { Planted } from './plantable.ts'
import { createProcesses, Killed } from './process.ts'
import { createServiceSide } from './serviceSide.ts'
import type { Stage } from './stage.ts'
import { withSeededSystem } from './system.ts'
import { createTime } from './time.ts'
import { createWalletSide } from './walletSide.ts'

export type Run = {
  readonly violations: readonly string[]
  readonly trace: readonly string[]
  /** SHA-256 of the trace. */
  readonly digest: string
  /** How many awaits there were, by process. */
  readonly steps: Readonly<Record<string, number>>
}

const troubleEndsMs = 14_000
/** A mail that a wrong clock put off leaves within the longest wait between two tries (15 minutes), counted from the end of a slow mail (150 s) beside it. */
const mustBeQuietMs = 1_200_000

const commandsIn = (db: Database): ReadonlySet<string> =>
  new Set(
    db
      .prepare<{ id: string }>('SELECT id FROM command')
      .all()
      .map(({ id }) => id),
  )

/** Runs a plan to its end, lets everything come back and grow quiet, and audits what is left. */
export function simulate(plan: Plan, people: People, planted: Planted = {}): Promise<Run> {
  const time = createTime(startsAt)
  return withSeededSystem(plan.seed, time, onStray => runPlan({ plan, people, planted, time }, onStray))
}

async function runPlan(
  given: Pick<Stage, 'plan' | 'people' | 'planted' | 'time'>,
  onStray: (listen: (error: unknown) => void) => void,
): Promise<Run> {
  const { plan, people, time } = given
  const trace: string[] = []
  const violations: string[] = []
  let isHealed = false
  let isOver = false
  const log = (line: string): void => {
    trace.push(`${String(Math.round(time.now() - startsAt)).padStart(6)} ${line}`)
  }
  const onBug = (what: string): void => {
    log(`VIOLATION ${what}`)
    violations.push(what)
  }
  onStray(error => {
    if (!(error instanceof Killed) && !(error instanceof Fault && error.code === 'disk_full'))
      onBug(`nobody heard of ${error instanceof Error ? error.stack : String(error)}`)
  })
  const crash = (of: string, backMs: number): void =>
    of.startsWith('wallet') ? wallets.crash(Number(of.slice('wallet'.length)), backMs) : service.crash(of, backMs)
  const processes = createProcesses({ plan, time, log, onCrash: crash })
  const stage: Stage = { ...given, processes, log, onBug, crash, isHealed: () => isHealed }
  const service = createServiceSide(stage)
  const wallets = createWalletSide(stage, service.instances)
  const actors = createActors({
    ...{ plan, people, time, log, onBug, restart: wallets.restart, wallet: wallets.life, instances: service.instances },
    keptHolder: service.keptHolder,
  })
  const atFirst = commandsIn(service.disk.durable())

  function moveClocks(): void {
    for (const item of plan.items)
      if (item.is === 'clock')
        time.after(item.at, () => {
          log(`the clock of ${item.of} moves by ${item.ms}`)
          processes.clockOff(item.of, item.ms)
        })
  }
  const unrest = (): string | undefined =>
    actors.isIdle() ? (service.unrest() ?? wallets.unrest(service.disk.durable())) : 'somebody is still acting'

  function waitForQuiet(since: number): void {
    const why = unrest()
    if (why !== undefined && time.now() < since + mustBeQuietMs) {
      time.after(1_000, () => waitForQuiet(since))
      return
    }
    log('all is quiet')
    if (why !== undefined) onBug(`it never grows quiet: ${why}`)
    wallets
      .checkProvider()
      .catch((error: unknown) => onBug(String(error)))
      .finally(() => {
        isOver = true
      })
  }
  function heal(): void {
    isHealed = true
    processes.heal()
    wallets.heal()
    log('all trouble is over')
    waitForQuiet(time.now())
  }

  service.start()
  wallets.start()
  moveClocks()
  actors.begin()
  time.after(troubleEndsMs, heal)
  await time.runUntil(() => isOver)

  const seen = { people, wishes: actors.wishes(), answers: wallets.answers, mailed: service.mailed }
  violations.push(...audit(service.disk.durable(), wallets.books(), seen, atFirst))
  wallets.end()
  service.end()
  const names = [...new Set(['machine', ...processes.names()])]
  return {
    violations,
    trace,
    digest: createHash('sha256')
      .update([...trace, ...violations].join('\n'))
      .digest('hex'),
    steps: Object.fromEntries(names.map(name => [name, processes.steps(name)])),
  }
}
