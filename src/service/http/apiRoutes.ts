import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type RouteName, routes } from '#contracts/service/index.ts'
import type { Route } from '#contracts/service/route.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { HttpLimits } from '../config.ts'
import type { AnyCaller, Feature, HolderCaller, ServicePorts } from '../ports.ts'
import { holderOf, isLocalAddress, operatorOf } from './door.ts'
import type { Metrics } from './metrics.ts'
import type { Pressure } from './pressure.ts'
import { declineProblem, faultProblem, problemType } from './problem.ts'

/** A handler without its types: what it is given was parsed by the contract of its own route. */
type Handler = (ports: ServicePorts, caller: never, input: never, raw?: Readable) => Promise<Outcome<unknown>>

/** The handler of every route. Throws where one is missing or two features serve the same: the service does not start. */
function handlersOf(features: readonly Feature[]): ReadonlyMap<string, Handler> {
  const handlers = new Map<string, Handler>()
  for (const feature of features)
    for (const [name, handler] of Object.entries<Handler>(feature.routes ?? {})) {
      if (handlers.has(name)) throw new Error(`two features serve the route ${name}`)
      handlers.set(name, handler)
    }
  const missing = Object.keys(routes).filter(name => !handlers.has(name))
  if (missing.length > 0) throw new Error(`no feature serves ${missing.join(', ')}`)
  return handlers
}

/** Routes that answer while the book is sealed. */
const openWhileSealed: readonly string[] = ['describe'] satisfies readonly RouteName[]

/** Routes whose body is a file and not JSON. */
const takesFile = (name: string): boolean => name === ('importStatement' satisfies RouteName)

export type Sealed = { readonly ports: () => ServicePorts | undefined; describeSealed(): unknown }
type Allow = (address: string) => boolean

export type Door = {
  readonly sealed: Sealed
  readonly allow: Allow
  readonly pressure: Pressure
  readonly metrics: Pick<Metrics, 'decline' | 'turnedAway'>
}

/** Proves who calls, as the route's contract demands. Declines: not_signed_in, device_revoked, sandbox_only, not_allowed. */
async function callerOf(route: Route, request: FastifyRequest, ports: ServicePorts): Promise<Outcome<AnyCaller | HolderCaller>> {
  const address = request.ip
  switch (route.caller) {
    case 'anyone':
      return ok({ address })
    case 'sandbox':
      if (!ports.config.sandbox) return no('sandbox_only')
      return isLocalAddress(address) || operatorOf(request.headers, ports.config).ok ? ok({ address }) : no('not_allowed')
    case 'operator': {
      const operator = operatorOf(request.headers, ports.config)
      return operator.ok ? ok({ address }) : operator
    }
    case 'session': {
      const holder = await holderOf(request.headers, ports)
      return holder.ok ? ok({ ...holder.value, address }) : holder
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the contract calls input: path, query and body in one object. A name that stands twice is refused. */
function inputOf({ params, query, body }: FastifyRequest): unknown {
  const parts = [query, params, body instanceof Readable ? undefined : body].filter(part => part !== undefined && part !== null)
  if (!parts.every(isRecord)) return undefined
  const names = parts.flatMap(Object.keys)
  return new Set(names).size === names.length ? Object.assign({}, ...parts) : undefined
}

async function answer(
  name: string,
  route: Route,
  handler: Handler,
  request: FastifyRequest,
  ports: ServicePorts,
): Promise<Outcome<unknown>> {
  const caller = await callerOf(route, request, ports)
  if (!caller.ok) return caller
  const input = route.input.safeParse(inputOf(request))
  if (!input.success) return no('input_invalid', { field: input.error.issues[0]?.path.join('.') ?? '' })
  const raw = request.body instanceof Readable ? request.body : undefined
  // The one place where a route meets its handler: the caller and the input were proved by the contract of the same name.
  const outcome = await handler(ports, caller.value as never, input.data as never, raw)
  if (!outcome.ok) return outcome
  const output = route.output.safeParse(outcome.value)
  if (!output.success)
    throw new Fault('unexpected', { cause: new Error(`the answer of ${name} breaks its contract`, { cause: output.error }) })
  return ok(output.data)
}

const busy = (reply: FastifyReply) => {
  reply.code(429).header('retry-after', '1').type(problemType)
  return faultProblem(new Fault('service_busy'), '', 429)
}

const wrongType = (reply: FastifyReply) => {
  reply.code(415).header('connection', 'close').type(problemType)
  return declineProblem({ code: 'input_invalid', detail: {} }, 415)
}

/** Serves every route of the contract. */
export function serveApi(
  app: FastifyInstance,
  features: readonly Feature[],
  limits: HttpLimits,
  { sealed, allow, pressure, metrics }: Door,
): void {
  const handlers = handlersOf(features)
  for (const [name, route] of Object.entries<Route>(routes)) {
    const handler = handlers.get(name)
    if (!handler) continue
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: { name },
      bodyLimit: takesFile(name) ? limits.fileBytes : limits.jsonBytes,
      handler: async (request, reply) => {
        const ports = sealed.ports()
        if (!ports) {
          if (openWhileSealed.includes(name)) return route.output.parse(sealed.describeSealed())
          throw new Fault('service_sealed')
        }
        if (request.body instanceof Readable && !takesFile(name)) return wrongType(reply)
        if (route.caller === 'anyone' && !allow(request.ip)) return busy(reply)
        const leave = route.method === 'GET' ? () => undefined : pressure.enter()
        if (!leave) {
          metrics.turnedAway()
          return busy(reply)
        }
        const outcome = await answer(name, route, handler, request, ports).finally(leave)
        if (outcome.ok) return outcome.value
        metrics.decline(outcome.decline.code)
        const problem = declineProblem(outcome.decline)
        return reply.code(problem.status).type(problemType).send(problem)
      },
    })
  }
}
