import { canonicalJson } from '#contracts/service/signing.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Database } from '#storage/sqlite/database.ts'
import type { WalletBook } from './audit.ts'
import { createDisk } from './disk.ts'
import { createLine } from './line.ts'
import type { Answered, Asked, Instance } from './machine.ts'
import type { Device } from './people.ts'
import type { Process } from './process.ts'
import { type Stage, writesOf } from './stage.ts'
import { type SimulatedWallet, startWallet } from './wallet.ts'

export type WalletSide = {
  /** Every answer to a command that left the service, by its id, as canonical JSON. */
  readonly answers: ReadonlyMap<string, ReadonlySet<string>>
  start(): void
  /** Undefined while it is away. */
  life(n: number): SimulatedWallet | undefined
  /** Closed in order and opened again, by its person. */
  restart(n: number): void
  crash(n: number, backMs: number): void
  heal(): void
  /** Why they are not quiet yet. */
  unrest(service: Database): string | undefined
  /** Each checks its provider a last time: it finds nothing, and never has. */
  checkProvider(): Promise<void>
  books(): readonly WalletBook[]
  end(): void
}

type Instances = () => readonly (Instance | undefined)[]

/** One wallet through all of its lives. */
function createOne(stage: Stage, n: number, device: Device, instances: Instances, onAnswer: (asked: Asked, answered: Answered) => void) {
  const { plan, planted, time, processes, log, onBug, crash } = stage
  const name = `wallet${n}`
  const disk = createDisk(device.book, {
    onWrite: writesOf(stage, name),
    onPowerFailure: () => crash(name, 1_000),
    ...(planted.isWalletSynced ? { isSynced: planted.isWalletSynced } : {}),
  })
  const line = createLine({ plan, time, wallet: n, log, instances, onAnswer })
  let process: Process | undefined
  let wallet: SimulatedWallet | undefined

  function start(): void {
    if (process?.isAlive()) return
    const mine = processes.begin(name)
    process = mine
    wallet = undefined
    log(`${name} begins`)
    const network = line.network(mine)
    startWallet({
      ...{ process: mine, disk, seed: device.seed, onBug },
      network: planted.network?.(network, device) ?? network,
      wrap: book => planted.walletStore?.(book, mine) ?? book,
    }).then(
      opened => {
        if (mine.isAlive()) wallet = opened
      },
      (error: unknown) => {
        if (!mine.isAlive()) return
        if (!(error instanceof Fault && error.code === 'disk_full')) onBug(`${name} does not begin: ${String(error)}`)
        mine.end()
        time.after(1_000, start)
      },
    )
  }
  const life = (): SimulatedWallet | undefined => (process?.isAlive() ? wallet : undefined)

  return {
    ...{ n, device, disk, line, start, life },
    crash(backMs: number): void {
      process?.end()
      disk.breakOff()
      time.after(backMs, start)
    },
    restart(): void {
      const closing = life()
      if (!closing) return
      const over = (): void => {
        if (!closing.process.isAlive()) return
        closing.process.end()
        time.after(500, start)
      }
      time.after(3_000, over)
      closing.close().then(over, over)
    },
    end(): void {
      process?.end()
      line.end()
      disk.rewind()
    },
  }
}

async function checkOne(n: number, life: SimulatedWallet | undefined, onBug: Stage['onBug']): Promise<void> {
  // What was asked while there was trouble may still be under way, and its time-out comes after it.
  let answer = await life?.ask('provider.check', {})
  for (let tries = 0; tries < 3 && answer?.ok === false && answer.kind === 'fault'; tries += 1)
    answer = await life?.ask('provider.check', {})
  if (!answer?.ok) return onBug(`wallet${n} cannot check its provider: ${answer?.ok === false ? answer.code : 'it is away'}`)
  const { mismatch, earlier } = answer.value as { mismatch: { code: string; detail: object } | null; earlier: readonly unknown[] }
  if (mismatch) onBug(`wallet${n} finds that the provider does not add up: ${mismatch.code} ${JSON.stringify(mismatch.detail)}`)
  else if (earlier.length > 0) onBug(`wallet${n} had found that the provider does not add up`)
}

export function createWalletSide(stage: Stage, instances: Instances): WalletSide {
  const { plan, people, onBug } = stage
  const answers = new Map<string, Set<string>>()
  function onAnswer({ route, input }: Asked, { status, body }: Answered): void {
    if (route !== 'command' || status !== 200) return
    const id = String(input['id'])
    answers.set(id, (answers.get(id) ?? new Set()).add(canonicalJson(JSON.parse(body))))
  }
  const wallets = people.devices.slice(0, plan.wallets).map((device, n) => createOne(stage, n, device, instances, onAnswer))

  return {
    answers,
    start() {
      for (const wallet of wallets) wallet.start()
    },
    life: n => wallets[n]?.life(),
    restart: n => wallets[n]?.restart(),
    crash: (n, backMs) => wallets[n]?.crash(backMs),
    heal() {
      for (const { line } of wallets) line.heal()
    },
    unrest(service) {
      for (const { n, device, disk, life } of wallets) {
        if (!life()) return `wallet${n} is away`
        if (disk.durable().prepare('SELECT 1 FROM intent WHERE answer IS NULL').get()) return `wallet${n} has wishes that were not answered`
        const last = service.prepare<{ last: number }>('SELECT last FROM feed_head WHERE holder_id = ?').get(device.session.holderId)?.last
        const cursor = disk.durable().prepare<{ n: number }>('SELECT n FROM feed_cursor').get()?.n
        if (cursor !== last) return `wallet${n} stands at ${cursor} of ${last}`
      }
      return undefined
    },
    async checkProvider() {
      for (const { n, life } of wallets) await checkOne(n, life(), onBug)
    },
    books: () => wallets.map(({ n, device, disk }) => ({ wallet: n, holder: device.session.holderId, db: disk.durable() })),
    end() {
      for (const wallet of wallets) wallet.end()
    },
  }
}
