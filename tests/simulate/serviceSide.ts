import { Fault } from '#core/failure/faults.ts'
import type { Mailer } from '#service/ports.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { serviceStoreOn } from '#storage/sqlite/service/index.ts'
import { createDisk, type Disk } from './disk.ts'
import { type Instance, startInstance } from './machine.ts'
import type { Process } from './process.ts'
import { type Stage, writesOf } from './stage.ts'

export type ServiceSide = {
  readonly disk: Disk
  readonly instances: () => readonly (Instance | undefined)[]
  /** Recipient and subject of every mail that left. */
  readonly mailed: ReadonlySet<string>
  start(): void
  /** `machine`: the database and all instances; or one instance. */
  crash(of: string, backMs: number): void
  /** Why it is not quiet yet. */
  unrest(): string | undefined
  /** Whose command it is, where it is kept and nobody writes just now. */
  keptHolder(commandId: string): string | undefined
  end(): void
}

/** The service: a database and the instances on it. */
export function createServiceSide(stage: Stage): ServiceSide {
  const { plan, people, planted, time, processes, log, onBug, isHealed, crash } = stage
  const disk = createDisk(people.book, {
    onWrite: writesOf(stage, 'machine'),
    onPowerFailure: () => crash('machine', 1_000),
    ...(planted.isServiceSynced ? { isSynced: planted.isServiceSynced } : {}),
  })
  const numbers = Array.from({ length: plan.instances }, (_, n) => n)
  const instances = new Map<number, Instance>()
  const lives = new Map<number, Process>()
  const mailed = new Set<string>()
  let machine: Process | undefined
  let store: ServiceStore | undefined
  let mails = 0

  /** A server that refuses, or that takes so long that the instance's time for the mail is over and another takes it too. */
  const mailerOf = (process: Process): Mailer => ({
    deliveredBy: 'smtp',
    async send({ to, subject }) {
      const n = mails
      mails += 1
      const mishap = isHealed() ? undefined : plan.items.find(item => item.is === 'mail' && item.n === n)
      await process.step('mail')
      if (mishap?.is === 'mail' && mishap.what === 'refused') throw new Fault('mail_failed')
      if (mishap?.is === 'mail') await new Promise<void>(done => process.after(150_000, done))
      mailed.add(`${to} ${subject}`)
      await process.step('mail was taken')
    },
  })

  function startOne(n: number): void {
    if (!machine?.isAlive() || !store || lives.get(n)?.isAlive()) return
    const process = processes.begin(`instance${n}`)
    lives.set(n, process)
    log(`instance${n} begins`)
    const { door, instanceStore: wrap } = planted
    instances.set(
      n,
      startInstance({ ...{ process, store, onBug, mailer: mailerOf(process) }, ...(door ? { door } : {}), ...(wrap ? { wrap } : {}) }),
    )
  }
  function start(): void {
    machine = processes.begin('database')
    const db = disk.open(machine)
    const opened = serviceStoreOn(planted.serviceDatabase?.(db) ?? db)
    store = planted.serviceStore?.(opened, disk) ?? opened
    for (const n of numbers) startOne(n)
  }

  return {
    disk,
    mailed,
    instances: () => numbers.map(n => instances.get(n)),
    start,
    crash(of, backMs) {
      if (of !== 'machine') {
        const n = Number(of.slice('instance'.length))
        lives.get(n)?.end()
        time.after(backMs, () => startOne(n))
        return
      }
      for (const life of lives.values()) life.end()
      machine?.end()
      disk.breakOff()
      time.after(backMs, start)
    },
    unrest() {
      if (disk.isWriting()) return 'the service writes'
      if (numbers.some(n => !lives.get(n)?.isAlive() || !instances.get(n)?.ports())) return 'an instance is away'
      return disk.durable().prepare(`SELECT 1 FROM mail WHERE state = 'queued'`).get() ? 'a mail waits' : undefined
    },
    keptHolder: id =>
      disk.isWriting()
        ? undefined
        : disk.durable().prepare<{ holder: string }>('SELECT holder_id AS holder FROM command WHERE id = ?').get(id)?.holder,
    end() {
      for (const life of lives.values()) life.end()
      machine?.end()
      disk.rewind()
    },
  }
}
