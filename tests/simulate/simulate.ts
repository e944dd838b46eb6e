import { createHash } from 'node:crypto'
import { canonicalJson } from '#contracts/service/signing.ts'
import { Fault } from '#core/failure/faults.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Network } from '#main/ports.ts'
import type { Mailer } from '#service/ports.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import type { Database } from '#storage/sqlite/database.ts'
import { serviceStoreOn } from '#storage/sqlite/service/index.ts'
import { createActors } from './acts.ts'
import { audit } from './audit.ts'
import { createDisk, type Disk, type Write } from './disk.ts'
import { createLine } from './line.ts'
import { type Answered, type Asked, type Instance, startInstance } from './machine.ts'
import { type Device, type People, startsAt } from './people.ts'
import type { Plan } from './plan.ts'
import { createProcesses, Killed, type Process } from './process.ts'
import { withSeededSystem } from './system.ts'
import { createTime, type Time } from './time.ts'
import { type SimulatedWallet, startWallet } from './wallet.ts'

/** How a test plants a fault: it stands between two real parts. Without one all parts are the real ones. */
export type Planted = {
  readonly serviceStore?: (store: ServiceStore, disk: Disk) => ServiceStore
  readonly serviceDatabase?: (db: Database) => Database
  readonly isServiceSynced?: () => boolean
  readonly walletStore?: (store: WalletStore, process: Process) => WalletStore
  readonly isWalletSynced?: () => boolean
  readonly network?: (network: Network, device: Device) => Network
  readonly door?: (asked: Asked) => Asked
  readonly instanceStore?: (store: ServiceStore) => ServiceStore
}

export type Run = {
  readonly violations: readonly string[]
  readonly trace: readonly string[]
  /** SHA-256 of the trace. */
  readonly digest: string
  /** How many awaits there were, by process. */
  readonly steps: Readonly<Record<string, number>>
}

const troubleEndsMs = 14_000
const mustBeQuietMs = 900_000

/** What the writes of one disk meet, counted. */
function writesOf(plan: Plan, of: string, log: (line: string) => void, isHealed: () => boolean): () => Write {
  const windows = plan.items.filter(item => (item.is === 'full' || item.is === 'torn') && item.of === of)
  let count = 0
  return () => {
    count += 1
    for (const item of isHealed() ? [] : windows) {
      if (item.is === 'torn' && item.write === count) {
        log(`the power of ${of} fails at its write ${count}`)
        return item.stands ? 'power_fails_after' : 'power_fails'
      }
      if (item.is === 'full' && count >= item.write && count < item.write + item.writes) {
        log(`the disk of ${of} is full at its write ${count}`)
        return count % 2 === 0 ? 'disk_full' : 'disk_full_ends_transaction'
      }
    }
    return 'goes_well'
  }
}

/** Runs a plan to its end, lets everything come back and grow quiet, and audits what is left. */
export function simulate(plan: Plan, people: People, planted: Planted = {}): Promise<Run> {
  const time = createTime(startsAt)
  return withSeededSystem(plan.seed, time, onStray => runPlan(plan, people, planted, time, onStray))
}

async function runPlan(
  plan: Plan,
  people: People,
  planted: Planted,
  time: Time,
  onStray: (listen: (error: unknown) => void) => void,
): Promise<Run> {
  const trace: string[] = []
  const found: string[] = []
  let isHealed = false
  const log = (line: string): void => {
    trace.push(`${String(Math.round(time.now() - startsAt)).padStart(6)} ${line}`)
  }
  const onBug = (what: string): void => {
    log(`VIOLATION ${what}`)
    found.push(what)
  }
  onStray(error => {
    if (!(error instanceof Killed) && !(error instanceof Fault && error.code === 'disk_full'))
      onBug(`nobody heard of ${error instanceof Error ? error.stack : String(error)}`)
  })

  const processes = createProcesses({ plan, time, log, onCrash: (of, backMs) => crash(of, backMs) })
  const diskOf = (of: string, book: Database, isSynced: (() => boolean) | undefined): Disk =>
    createDisk(book, {
      onWrite: writesOf(plan, of, log, () => isHealed),
      onPowerFailure: () => crash(of, 1_000),
      ...(isSynced ? { isSynced } : {}),
    })

  // The service: a database and the instances on it.
  const serviceDisk = diskOf('machine', people.book, planted.isServiceSynced)
  const instances: (Instance | undefined)[] = Array.from({ length: plan.instances }, () => undefined)
  const lives: (Process | undefined)[] = Array.from({ length: plan.instances }, () => undefined)
  let machine: Process | undefined
  let store: ServiceStore | undefined
  const mailed = new Set<string>()
  let mails = 0

  function startMachine(): void {
    machine = processes.begin('database')
    const db = serviceDisk.open(machine)
    const opened = serviceStoreOn(planted.serviceDatabase?.(db) ?? db)
    store = planted.serviceStore?.(opened, serviceDisk) ?? opened
    for (const n of instances.keys()) startOne(n)
  }
  function startOne(n: number): void {
    if (!machine?.isAlive() || !store || lives[n]?.isAlive()) return
    const process = processes.begin(`instance${n}`)
    lives[n] = process
    log(`instance${n} begins`)
    instances[n] = startInstance({
      process,
      store,
      mailer: mailerOf(process),
      onBug,
      ...(planted.door ? { door: planted.door } : {}),
      ...(planted.instanceStore ? { wrap: planted.instanceStore } : {}),
    })
  }
  const mailerOf = (process: Process): Mailer => ({
    deliveredBy: 'smtp',
    async send({ to, subject }) {
      mails += 1
      const n = mails
      const mishap = isHealed ? undefined : plan.items.find(item => item.is === 'mail' && item.n === n - 1)
      await process.step('mail')
      if (mishap?.is === 'mail' && mishap.what === 'refused') throw new Fault('mail_failed')
      if (mishap?.is === 'mail') await new Promise<void>(done => process.after(150_000, done))
      mailed.add(`${to} ${subject}`)
      await process.step('mail was taken')
    },
  })

  // The wallets.
  const answers = new Map<string, Set<string>>()
  function onAnswer({ route, input }: Asked, { status, body }: Answered): void {
    if (route !== 'command' || status !== 200) return
    const id = String(input['id'])
    answers.set(id, (answers.get(id) ?? new Set()).add(canonicalJson(JSON.parse(body))))
  }
  const devices = people.devices.slice(0, plan.wallets)
  const wallets = devices.map((device, n) => ({
    device,
    disk: diskOf(`wallet${n}`, device.book, planted.isWalletSynced),
    line: createLine({ plan, time, wallet: n, log, instances: () => instances, onAnswer }),
    process: undefined as Process | undefined,
    life: undefined as SimulatedWallet | undefined,
  }))
  function startOneWallet(n: number): void {
    const wallet = wallets[n]
    if (!wallet || wallet.process?.isAlive()) return
    const process = processes.begin(`wallet${n}`)
    wallet.process = process
    wallet.life = undefined
    log(`wallet${n} begins`)
    const network = wallet.line.network(process)
    startWallet({
      ...{ process, disk: wallet.disk, seed: wallet.device.seed, onBug },
      network: planted.network?.(network, wallet.device) ?? network,
      wrap: book => planted.walletStore?.(book, process) ?? book,
    }).then(
      life => {
        if (process.isAlive()) wallet.life = life
      },
      (error: unknown) => {
        if (process.isAlive() && !(error instanceof Fault && error.code === 'disk_full'))
          onBug(`wallet${n} does not begin: ${String(error)}`)
        if (!process.isAlive()) return
        process.end()
        time.after(1_000, () => startOneWallet(n))
      },
    )
  }
  const lifeOf = (n: number): SimulatedWallet | undefined => {
    const life = wallets[n]?.life
    return life?.process.isAlive() ? life : undefined
  }
  function restart(n: number): void {
    const life = lifeOf(n)
    if (!life) return
    const over = (): void => {
      if (!life.process.isAlive()) return
      life.process.end()
      time.after(500, () => startOneWallet(n))
    }
    time.after(3_000, over)
    life.close().then(over, over)
  }

  function crash(of: string, backMs: number): void {
    if (of === 'machine') {
      for (const life of lives) life?.end()
      machine?.end()
      serviceDisk.breakOff()
      time.after(backMs, startMachine)
    } else if (of.startsWith('instance')) {
      const n = Number(of.slice('instance'.length))
      lives[n]?.end()
      time.after(backMs, () => startOne(n))
    } else {
      const n = Number(of.slice('wallet'.length))
      wallets[n]?.process?.end()
      wallets[n]?.disk.breakOff()
      time.after(backMs, () => startOneWallet(n))
    }
  }

  const actors = createActors({
    ...{ plan, people, time, log, restart, onBug, wallet: lifeOf, instances: () => instances },
    keptHolder: id =>
      serviceDisk.isWriting()
        ? undefined
        : serviceDisk.durable().prepare<{ holder: string }>('SELECT holder_id AS holder FROM command WHERE id = ?').get(id)?.holder,
  })
  const commandsAtFirst = new Set(
    serviceDisk
      .durable()
      .prepare<{ id: string }>('SELECT id FROM command')
      .all()
      .map(({ id }) => id),
  )

  startMachine()
  for (const n of wallets.keys()) startOneWallet(n)
  for (const item of plan.items)
    if (item.is === 'clock')
      time.after(item.at, () => {
        log(`the clock of ${item.of} moves by ${item.ms}`)
        processes.clockOff(item.of, item.ms)
      })
  actors.begin()

  let isOver = false
  const unrest = (): string | undefined => {
    if (!actors.isIdle()) return 'somebody is still acting'
    const db = serviceDisk.durable()
    if (serviceDisk.isWriting()) return 'the service writes'
    if (instances.some(instance => !instance?.process.isAlive() || !instance.ports())) return 'an instance is away'
    if (db.prepare(`SELECT 1 FROM mail WHERE state = 'queued'`).get()) return 'a mail waits'
    for (const [n, { device, disk, life }] of wallets.entries()) {
      if (!life?.process.isAlive()) return `wallet${n} is away`
      if (disk.durable().prepare('SELECT 1 FROM intent WHERE answer IS NULL').get()) return `wallet${n} has wishes that were not answered`
      const last = db.prepare<{ last: number }>('SELECT last FROM feed_head WHERE holder_id = ?').get(device.session.holderId)?.last
      const cursor = disk.durable().prepare<{ n: number }>('SELECT n FROM feed_cursor').get()?.n
      if (cursor !== last) return `wallet${n} stands at ${cursor} of ${last}`
    }
    return undefined
  }

  async function checkAll(): Promise<void> {
    for (const [n, { life }] of wallets.entries()) {
      const answer = await life?.ask('provider.check', {})
      if (!answer?.ok) onBug(`wallet${n} cannot check its provider: ${answer?.ok === false ? answer.code : 'nothing'}`)
      else {
        const { mismatch, earlier } = answer.value as { mismatch: { code: string; detail: object } | null; earlier: readonly unknown[] }
        if (mismatch) onBug(`wallet${n} finds that the provider does not add up: ${mismatch.code} ${JSON.stringify(mismatch.detail)}`)
        else if (earlier.length > 0) onBug(`wallet${n} had a mismatch`)
      }
    }
  }

  function finish(): void {
    const since = time.now()
    isHealed = true
    processes.heal()
    for (const { line } of wallets) line.heal()
    log('all trouble is over')
    const look = (): void => {
      const why = unrest()
      if (why !== undefined && time.now() < since + mustBeQuietMs) return void time.after(1_000, look)
      if (why !== undefined) onBug(`it never grows quiet: ${why}`)
      const done = (): void => {
        isOver = true
      }
      checkAll().then(done, (error: unknown) => {
        onBug(String(error))
        done()
      })
    }
    look()
  }
  time.after(troubleEndsMs, finish)
  await time.runUntil(() => isOver)

  const books = wallets.map(({ device, disk }, wallet) => ({ wallet, holder: device.session.holderId, db: disk.durable() }))
  found.push(...audit(serviceDisk.durable(), books, { people, wishes: actors.wishes(), answers, mailed }, commandsAtFirst))
  for (const { disk, process } of wallets) {
    process?.end()
    disk.rewind()
  }
  for (const life of lives) life?.end()
  machine?.end()
  serviceDisk.rewind()
  const names = ['machine', ...instances.map((_, n) => `instance${n}`), ...wallets.map((_, n) => `wallet${n}`)]
  return {
    violations: found,
    trace,
    digest: createHash('sha256').update(trace.join('\n')).update(found.join('\n')).digest('hex'),
    steps: Object.fromEntries(names.map(name => [name, processes.steps(name)])),
  }
}
