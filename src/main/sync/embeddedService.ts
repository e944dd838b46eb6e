import { z } from 'zod'
import { Fault, type FaultCode, faults } from '#core/failure/faults.ts'
import type { EmbeddedService, EmbeddedServiceStatus } from '../ports.ts'

/** What the wallet tells the service over the parent channel. */
export type ToService = { readonly type: 'unseal'; readonly key: string } | { readonly type: 'stop' }

/** A running service process, whichever way its shell started it. */
export type ServiceProcess = {
  readonly send: (message: ToService) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** Told once, when the process is gone. */
  readonly onExit: (listener: () => void) => void
  /** Ends it without asking. */
  readonly kill: () => void
}

export type SpawnService = () => ServiceProcess

export type EmbeddedServiceOptions = {
  readonly spawn: SpawnService
  readonly now: () => number
  /** Told in words for the log: a crash, a restart, that it was given up. */
  readonly report: (line: string) => void
}

const fromService = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), url: z.url() }),
  z.object({ type: z.literal('ready'), serviceId: z.string() }),
  z.object({ type: z.literal('failed'), code: z.string() }),
])

const firstWaitMs = 250
const longestWaitMs = 5_000
/** So many crashes within `crashWindowMs` are not bad luck: it is given up until it is started or unsealed again. */
const mostCrashes = 5
const crashWindowMs = 60_000
/** Longer than a service takes that ends as it should (service/http/server.ts), shorter than the process that it belongs to has (shells/stopping.ts). */
const stopMs = 2_000
/** A process that does not listen by then hangs: it is ended, which counts as a crash. */
const listensWithinMs = 60_000

type Waiter = { readonly done: () => void; readonly fail: (fault: Fault) => void }

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(faults, code)

/**
 * Keeps the service running as a child of the wallet. A crash is followed by a restart with a growing wait, and the key that `unseal` gave is
 * given again; after five crashes within a minute it stops, says so, and whoever waits gets the fault service_offline.
 */
export const createEmbeddedService = (options: EmbeddedServiceOptions): EmbeddedService => new ServiceKeeper(options)

class ServiceKeeper implements EmbeddedService {
  readonly #options: EmbeddedServiceOptions
  readonly #listeners = new Set<() => void>()
  #child: ServiceProcess | undefined
  #status: EmbeddedServiceStatus = 'stopped'
  #url: string | undefined
  #key: Buffer | undefined
  #restartedAt: number | null = null
  #crashes: readonly number[] = []
  #timer: NodeJS.Timeout | undefined
  #hangs: NodeJS.Timeout | undefined
  #isStopping = false
  /** Why the service refused its book; it is not restarted for that. */
  #refusal: Fault | undefined
  #listening: readonly Waiter[] = []
  #ready: readonly Waiter[] = []

  constructor(options: EmbeddedServiceOptions) {
    this.#options = options
  }

  readonly url = () => this.#url
  readonly status = () => this.#status
  readonly restartedAt = () => this.#restartedAt
  readonly refusal = () => this.#refusal?.code

  readonly start = (): Promise<void> => {
    if (this.#url) return Promise.resolve()
    const listens = new Promise<void>((done, fail) => {
      this.#listening = [...this.#listening, { done, fail }]
    })
    this.#run()
    return listens
  }

  readonly unseal = (key: Uint8Array): Promise<void> => {
    this.#key = Buffer.from(key)
    if (this.#status === 'online') return Promise.resolve()
    const opens = new Promise<void>((done, fail) => {
      this.#ready = [...this.#ready, { done, fail }]
    })
    if (this.#url) {
      if (this.#refusal) {
        this.#refusal = undefined
        this.#become('starting')
      }
      this.#giveKey()
    } else this.#run()
    return opens
  }

  readonly onChange = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly stop = async (): Promise<void> => {
    this.#isStopping = true
    this.#refusal = undefined
    clearTimeout(this.#timer)
    clearTimeout(this.#hangs)
    this.#key?.fill(0)
    this.#key = undefined
    if (this.#child) await end(this.#child)
    this.#child = undefined
    this.#url = undefined
    this.#become('stopped')
    this.#failAll(new Fault('service_offline'))
  }

  #become(next: EmbeddedServiceStatus): void {
    if (next === this.#status) return
    this.#status = next
    for (const listener of this.#listeners) listener()
  }

  #failAll(fault: Fault): void {
    const waiting = [...this.#listening, ...this.#ready]
    this.#listening = []
    this.#ready = []
    for (const { fail } of waiting) fail(fault)
  }

  #giveKey(): void {
    if (this.#key) this.#child?.send({ type: 'unseal', key: this.#key.toString('base64') })
  }

  #run(): void {
    if (this.#child || this.#status === 'restarting') return
    this.#isStopping = false
    this.#crashes = []
    this.#become('starting')
    this.#launch()
  }

  #launch(): void {
    const child = this.#options.spawn()
    this.#child = child
    this.#url = undefined
    this.#refusal = undefined
    this.#hangs = setTimeout(() => child.kill(), listensWithinMs)
    this.#hangs.unref()
    child.onMessage(message => {
      if (this.#child === child) this.#hear(message)
    })
    child.onExit(() => {
      if (this.#child === child) this.#lose()
    })
  }

  #hear(message: unknown): void {
    const told = fromService.safeParse(message)
    if (!told.success) return
    if (told.data.type === 'listening') {
      clearTimeout(this.#hangs)
      this.#url = told.data.url
      this.#become('sealed')
      for (const { done } of this.#listening) done()
      this.#listening = []
      this.#giveKey()
    } else if (told.data.type === 'ready') {
      this.#become('online')
      for (const { done } of this.#ready) done()
      this.#ready = []
    } else {
      this.#refusal = new Fault(isFaultCode(told.data.code) ? told.data.code : 'unexpected')
      this.#options.report(`the service could not open its book: ${told.data.code}`)
      this.#become('refused')
      this.#failAll(this.#refusal)
    }
  }

  /** The process is gone: back with a growing wait, unless it was told to go, refused its book, or goes every time. */
  #lose(): void {
    clearTimeout(this.#hangs)
    this.#child = undefined
    this.#url = undefined
    if (this.#isStopping) return
    if (this.#refusal) return
    const { now, report } = this.#options
    this.#crashes = [...this.#crashes.filter(at => now() - at < crashWindowMs), now()]
    if (this.#crashes.length >= mostCrashes) {
      report(`the service ended ${this.#crashes.length} times within a minute: it is not started again`)
      this.#become('stopped')
      this.#failAll(new Fault('service_offline'))
      return
    }
    const waitMs = Math.min(firstWaitMs * 2 ** (this.#crashes.length - 1), longestWaitMs)
    report(`the service ended by itself: starting it again in ${waitMs} ms`)
    this.#become('restarting')
    this.#timer = setTimeout(() => {
      this.#restartedAt = now()
      this.#launch()
    }, waitMs)
  }
}

/** Asks the process to stop, and ends it by force where it has not within two seconds. */
function end(child: ServiceProcess): Promise<void> {
  return new Promise(done => {
    const force = setTimeout(() => child.kill(), stopMs)
    child.onExit(() => {
      clearTimeout(force)
      done()
    })
    child.send({ type: 'stop' })
  })
}
