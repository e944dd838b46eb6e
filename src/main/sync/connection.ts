import { Fault } from '#core/failure/faults.ts'
import type { Clock, Network } from '../ports.ts'
import { createServiceClient, type Health, type RouteOutput, type ServiceClient } from './serviceClient.ts'

export type ServiceDescription = RouteOutput<'describe'>
export type ConnectionStatus = 'unknown' | Health | 'clock_wrong'

/** The wallet's line to the service that it was told to use. */
export type Connection = {
  readonly client: ServiceClient
  readonly baseUrl: () => string | undefined
  status(): ConnectionStatus
  /** Whether who answered last at this address said that it is one; out of reach it still is. */
  isSandbox(): boolean
  /** The shop's page of a sandbox service; null elsewhere and while the service is not there. */
  shopUrl(): string | null
  /** Who answers at the address, asked anew where that is a minute old or the address changed. Faults as `ServiceClient.call`. */
  describe(): Promise<ServiceDescription>
  /** Throws the fault clock_wrong where this computer's clock is more than five minutes off: a signature would carry a wrong time. */
  checkClock(): Promise<void>
  /** How many whole milliseconds the service's clock is ahead of this computer's, as measured last; undefined where it was not yet. */
  clockOffset(): number | undefined
  /** The line broke: who answers next may be another. */
  doubt(): void
  onChange(listener: () => void): void
}

const clockToleranceMs = 5 * 60_000
const describedForMs = 60_000

type ConnectionParts = {
  readonly baseUrl: () => string | undefined
  /** Resolves at once, or when a service that is just starting is there (or does not come). */
  readonly whenReady?: () => Promise<void>
  readonly network: Network
  readonly clock: Clock
}

/**
 * Knows who the service is and how it does. With a wrong clock reading goes on and the person is told; only commands wait, since each is signed
 * with its time.
 */
export function createConnection({ baseUrl, whenReady, network, clock }: ConnectionParts): Connection {
  const listeners = new Set<() => void>()
  let health: 'unknown' | Health = 'unknown'
  let isClockWrong = false
  let offsetMs: number | undefined
  let known: { readonly url: string; readonly at: number; readonly is: ServiceDescription } | undefined
  let sandboxUrl: string | undefined

  function become(next: Health, clockWrong = isClockWrong): void {
    if (next === health && clockWrong === isClockWrong) return
    health = next
    isClockWrong = clockWrong
    for (const listener of listeners) listener()
  }

  const client = createServiceClient({ baseUrl, ...(whenReady ? { whenReady } : {}), network, clock, onHealth: next => become(next) })

  async function ask(): Promise<ServiceDescription> {
    await whenReady?.()
    const url = baseUrl()
    const askedAt = clock.now()
    const outcome = await client.call('describe', {})
    if (!outcome.ok || url === undefined) throw new Fault('service_garbage')
    if (outcome.value.serviceId === '') {
      // It listens and its book is still sealed: who it is will be known in a moment.
      become('sealed')
      throw new Fault('service_sealed')
    }
    const answeredAt = clock.now()
    known = { url, at: answeredAt, is: outcome.value }
    sandboxUrl = outcome.value.sandbox ? url : undefined
    offsetMs = Math.round(Date.parse(outcome.value.now) - (askedAt + answeredAt) / 2)
    become('online', Math.abs(offsetMs) > clockToleranceMs)
    return outcome.value
  }

  return {
    client,
    baseUrl,
    status: () => (health === 'online' && isClockWrong ? 'clock_wrong' : health),
    isSandbox: () => sandboxUrl !== undefined && sandboxUrl === baseUrl(),
    shopUrl: () => (health === 'online' && known?.is.sandbox && known.url === baseUrl() ? new URL('/shop', known.url).href : null),
    async describe() {
      const isFresh = known && known.url === baseUrl() && Math.abs(clock.now() - known.at) < describedForMs && health === 'online'
      return known && isFresh ? known.is : ask()
    },
    async checkClock() {
      if (isClockWrong) await ask()
      if (isClockWrong) throw new Fault('clock_wrong')
    },
    clockOffset: () => offsetMs,
    doubt() {
      known = undefined
    },
    onChange(listener) {
      listeners.add(listener)
    },
  }
}
