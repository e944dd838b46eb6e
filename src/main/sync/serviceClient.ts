import type { z } from 'zod'
import { type RouteName, routes } from '#contracts/service/index.ts'
import { problem } from '#contracts/service/problem.ts'
import { type DeclineCode, declines } from '#core/failure/declines.ts'
import { Fault, type FaultCode, faults } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Clock, Network } from '../ports.ts'

type Routes = typeof routes
export type RouteInput<R extends RouteName> = z.input<Routes[R]['input']>
export type RouteOutput<R extends RouteName> = z.output<Routes[R]['output']>

export type CallOptions = {
  /** The session's token. */
  readonly token?: string
  readonly timeoutMs?: number
  /** The body, for a route that takes a file. */
  readonly file?: Uint8Array
  readonly signal?: AbortSignal
}

export type ServiceClient = {
  /** Declines are the service's own. Faults: service_offline, service_timeout, service_garbage, and those that the service names. */
  call<R extends RouteName>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<Outcome<RouteOutput<R>>>
}

export type Health = 'online' | 'offline' | 'sealed' | 'garbage'

type ClientParts = {
  /** Undefined while an embedded service is not listening yet. */
  readonly baseUrl: () => string | undefined
  readonly whenReady?: () => Promise<void>
  readonly network: Network
  readonly clock: Clock
  /** What the last call says about the service. */
  readonly onHealth: (health: Health) => void
}

const callMs = 10_000
/** A feed page of 500 rows is below 2 MB. */
const largestAnswer = 8 * 1024 * 1024

const isDecline = (code: string): code is DeclineCode => Object.hasOwn(declines, code)
const isFault = (code: string): code is FaultCode => Object.hasOwn(faults, code)

type Asked = { readonly path: string; readonly body: string | undefined }

/** Path parameters stand in braces; what is left is the JSON body of a POST, else the query. */
export function asked(method: 'GET' | 'POST' | 'DELETE', path: string, input: Readonly<Record<string, unknown>>): Asked {
  const left = new Map(Object.entries(input))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = left.get(name)
    left.delete(name)
    return encodeURIComponent(String(value))
  })
  if (method === 'POST') return { path: filled, body: JSON.stringify(Object.fromEntries(left)) }
  const query = new URLSearchParams([...left].map(([name, value]): [string, string] => [name, String(value)])).toString()
  return { path: query ? `${filled}?${query}` : filled, body: undefined }
}

/** The body as text; stops at the largest answer, so that a hostile service cannot fill the memory. */
async function readCapped(response: Response): Promise<string> {
  if (!response.body) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > largestAnswer) throw new Fault('service_garbage')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault('service_garbage', { cause: error })
  }
}

/** Faults of the service's own book: they say nothing about the book of this wallet, which would be closed for them. */
const ofItsBook: ReadonlySet<FaultCode> = new Set([
  'database_damaged',
  'database_newer',
  'database_too_old',
  'database_unfinished',
  'database_key_wrong',
])

/** A refusal or fault that the service names; anything else that is not a success is garbage. */
function refused(answer: unknown): ReturnType<typeof no> {
  const { data } = problem.safeParse(answer)
  if (data && isDecline(data.code)) return no(data.code, data.detail)
  if (!data || !isFault(data.code)) throw new Fault('service_garbage')
  throw new Fault(ofItsBook.has(data.code) ? 'service_sealed' : data.code)
}

function transportFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  return new Fault(isTimeout ? 'service_timeout' : 'service_offline', { cause: error })
}

function healthOf({ code }: Fault): Health {
  if (code === 'service_garbage') return 'garbage'
  if (code === 'service_sealed') return 'sealed'
  return code === 'service_offline' || code === 'service_timeout' ? 'offline' : 'online'
}

/** HTTP to one service: 10 s a call, 8 MB an answer, every answer parsed by the contract. */
export function createServiceClient({ baseUrl, whenReady, network, clock, onHealth }: ClientParts): ServiceClient {
  async function exchange(route: Routes[RouteName], input: object, options: CallOptions): Promise<{ ok: boolean; answer: unknown }> {
    await whenReady?.()
    const base = baseUrl()
    if (base === undefined) throw new Fault('service_offline')
    const { file } = options
    const { path, body: json } = asked(file ? 'GET' : route.method, route.path, { ...input })
    const body = file ? Uint8Array.from(file) : json
    const bodyType = file ? 'application/octet-stream' : 'application/json'
    const tooLate = new AbortController()
    const cancel = clock.after(options.timeoutMs ?? callMs, () => tooLate.abort(new DOMException('no answer in time', 'TimeoutError')))
    try {
      const response = await network.fetch(base + path, {
        method: route.method,
        redirect: 'error',
        signal: options.signal ? AbortSignal.any([tooLate.signal, options.signal]) : tooLate.signal,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': bodyType }),
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        },
        ...(body === undefined ? {} : { body }),
      })
      return { ok: response.ok, answer: parseJson(await readCapped(response)) }
    } finally {
      cancel()
    }
  }

  return {
    async call<R extends RouteName>(name: R, input: RouteInput<R>, options: CallOptions = {}): Promise<Outcome<RouteOutput<R>>> {
      try {
        const { ok: succeeded, answer } = await exchange(routes[name], input, options)
        const outcome = succeeded ? ok(parseAnswer(name, answer)) : refused(answer)
        onHealth('online')
        return outcome
      } catch (error) {
        const fault = transportFault(error)
        if (!options.signal?.aborted) onHealth(healthOf(fault))
        throw fault
      }
    },
  }
}

function parseAnswer<R extends RouteName>(name: R, answer: unknown): RouteOutput<R> {
  const parsed = routes[name].output.safeParse(answer)
  if (!parsed.success) throw new Fault('service_garbage', { cause: parsed.error })
  return parsed.data as RouteOutput<R>
}
