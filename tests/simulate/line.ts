import type { RouteName } from '#contracts/service/index.ts'
import { routes } from '#contracts/service/index.ts'
import type { Network, NudgeSocket } from '#main/ports.ts'
import type { Answered, Asked, Instance } from './machine.ts'
import type { Mishap, Plan } from './plan.ts'
import type { Process } from './process.ts'
import { type Random, randomOf } from './random.ts'
import type { Time } from './time.ts'

type Pattern = { readonly name: RouteName; readonly method: string; readonly names: readonly string[]; readonly path: RegExp }

const patterns: readonly Pattern[] = Object.entries(routes).map(([name, { method, path }]) => ({
  name: name as RouteName,
  method,
  names: [...path.matchAll(/\{(\w+)\}/g)].map(([, member = '']) => member),
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
}))

/** What came over the line, as a server reads it. */
function read(url: string, init: RequestInit): Asked {
  const { pathname, searchParams } = new URL(url)
  for (const { name, method, names, path } of patterns) {
    const found = method === (init.method ?? 'GET') ? path.exec(pathname) : null
    if (!found) continue
    const members = Object.fromEntries(names.map((member, at) => [member, decodeURIComponent(found[at + 1] ?? '')]))
    const body: object = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    const authorization = new Headers(init.headers).get('authorization')
    return {
      route: name,
      token: authorization?.replace('Bearer ', ''),
      input: { ...Object.fromEntries(searchParams), ...members, ...body },
    }
  }
  throw new Error(`no route is at ${pathname}`)
}

/** Only what the wallet reads of an answer: a whole `Response` would cost more than all the rest. */
function responseOf({ status, body }: Answered): Response {
  const chunks = (async function* () {
    yield Buffer.from(body)
  })()
  return { ok: status >= 200 && status < 300, status, body: chunks } as unknown as Response
}

export type Line = {
  /** How this life of the wallet reaches the service. */
  network(process: Process): Network
  heal(): void
  end(): void
}

type LineParts = {
  readonly plan: Plan
  readonly time: Time
  readonly wallet: number
  readonly log: (line: string) => void
  readonly instances: () => readonly (Instance | undefined)[]
  /** Every answer that left the service, whether or not it arrived. */
  readonly onAnswer: (asked: Asked, answered: Answered) => void
}

/** The way of one wallet to the service: loses, doubles, delays, reorders and garbles what the plan says, and is never quite on time. */
export function createLine({ plan, time, wallet, log, instances, onAnswer }: LineParts): Line {
  const mishaps = new Map<number, { readonly what: Mishap; readonly ms: number }>()
  for (const item of plan.items) if (item.is === 'message' && item.wallet === wallet) mishaps.set(item.n, item)
  const cuts = plan.items.filter(item => item.is === 'cut_off' && item.wallet === wallet)
  const startedAt = time.now()
  /** A signal that somebody listens to is kept for ever. */
  const listening = new Set<() => void>()
  let count = 0
  let isHealed = false

  const isCutOff = (): boolean =>
    !isHealed && cuts.some(cut => cut.is === 'cut_off' && time.now() >= startedAt + cut.at && time.now() < startedAt + cut.at + cut.ms)

  function pick(random: Random): Instance | undefined {
    const all = instances()
    return all[random.int(all.length)]
  }

  /** One delivery. `tell` is given the answer or undefined where the line broke; it may never be called. */
  function deliver(asked: Asked, random: Random, tell: (answered: Answered | undefined) => void): void {
    const instance = pick(random)
    const back = random.int(plan.lagMs)
    if (!instance?.process.isAlive()) {
      time.after(back, () => tell(undefined))
      return
    }
    // An instance that ends while it works breaks the line, or is not heard of again.
    const breaks = random.chance(0.5)
    instance.answer(asked).then(
      answered => {
        if (!instance.process.isAlive()) return breaks ? tell(undefined) : undefined
        onAnswer(asked, answered)
        time.after(back, () => tell(answered))
      },
      () => {
        if (breaks) time.after(back, () => tell(undefined))
      },
    )
  }

  function exchange(asked: Asked, signal: AbortSignal | null | undefined): Promise<Response> {
    count += 1
    const n = count
    const mishap = isHealed ? undefined : mishaps.get(n)
    const random = randomOf('message', plan.seed, wallet, n)
    if (mishap) log(`wallet${wallet} message ${n} ${asked.route}: ${mishap.what} ${mishap.ms}`)
    return new Promise((resolve, fail) => {
      const stopListening = (): void => {
        signal?.removeEventListener('abort', abort)
        listening.delete(stopListening)
      }
      const reject = (reason: unknown): void => {
        stopListening()
        fail(reason)
      }
      const abort = (): void => reject(signal?.reason)
      signal?.addEventListener('abort', abort)
      listening.add(stopListening)
      const arrive = (answered: Answered): void => {
        stopListening()
        resolve(responseOf(answered))
      }
      const broken = (): void => reject(new TypeError('fetch failed'))
      if (isCutOff()) return void (random.chance(0.5) && time.after(random.int(100), broken))
      const there = random.int(plan.lagMs)
      const answer = (answered: Answered | undefined): void => {
        const isCut = isCutOff()
        if (mishap?.what === 'lose_answer' || (isCut && random.chance(0.5))) return
        if (isCut || !answered || mishap?.what === 'reset') broken()
        else if (mishap?.what === 'garbage') arrive({ ...answered, body: answered.body.slice(0, answered.body.length / 2) })
        else if (mishap?.what === 'late_answer') time.after(mishap.ms, () => arrive(answered))
        else arrive(answered)
      }
      if (mishap?.what === 'lose_request') return
      time.after(there + (mishap?.what === 'late' ? mishap.ms : 0), () => deliver(asked, random, answer))
      if (mishap?.what === 'double') time.after(there + mishap.ms, () => deliver(asked, random, () => undefined))
    })
  }

  function socket(process: Process, headers: Readonly<Record<string, string>>): NudgeSocket {
    const listeners = { text: [] as ((text: string) => void)[], open: [] as (() => void)[], close: [] as (() => void)[] }
    const random = randomOf('socket', plan.seed, wallet, time.now())
    const instance = plan.hasSockets && !isCutOff() ? pick(random) : undefined
    const ports = instance?.ports()
    let isOpen = true
    let stop: () => void = () => undefined
    const close = (): void => {
      if (!isOpen) return
      isOpen = false
      stop()
      for (const listener of listeners.close) listener()
    }
    const tell = (last: number): void => {
      time.after(random.int(plan.lagMs), () => {
        if (isOpen && process.isAlive() && !isCutOff()) for (const listener of listeners.text) listener(JSON.stringify({ last }))
      })
    }
    /** It is known of an end of the other side only now and then. */
    const watch = (): void => {
      if (!isOpen) return
      if (!process.isAlive()) stop()
      else if (!instance?.process.isAlive() || isCutOff()) close()
      else time.after(5_000, watch)
    }
    process.after(random.int(plan.lagMs), () => {
      if (!instance?.process.isAlive() || !ports) return close()
      ports.signers.find(headers['authorization']?.replace('Bearer ', '') ?? '', '').then(signer => {
        if (!signer.ok || !isOpen) return close()
        const { holderId } = signer.value
        const look = (): void => {
          ports.store.read(tx => tx.feed.last(holderId)).then(tell, () => undefined)
        }
        stop = ports.waiters.listen(`feed:${holderId}`, look)
        for (const listener of listeners.open) listener()
        look()
        watch()
      }, close)
    })
    return {
      onText: listener => void listeners.text.push(listener),
      onOpen: listener => void listeners.open.push(listener),
      onClose: listener => void listeners.close.push(listener),
      close,
    }
  }

  return {
    network: process => ({
      fetch: (url, init) => exchange(read(url, init), init.signal),
      socket: (_url, headers) => socket(process, headers),
    }),
    heal() {
      isHealed = true
    },
    end() {
      for (const stop of [...listening]) stop()
    },
  }
}
