import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileRoutes, type RouteName, routes } from '#contracts/service/index.ts'
import type { Route } from '#contracts/service/route.ts'
import { Fault } from '#core/failure/faults.ts'
import type { HttpLimits } from '../config.ts'
import type { Feature, ServicePorts } from '../ports.ts'
import { answerCall, type Call, handlersOf } from './answerCall.ts'
import type { Metrics } from './metrics.ts'
import type { Pressure } from './pressure.ts'
import { declineProblem, faultProblem, problemType } from './problem.ts'

/** Routes that answer while the book is sealed. */
const openWhileSealed: readonly string[] = ['describe'] satisfies readonly RouteName[]

const takesFile = (name: string): boolean => fileRoutes.includes(name)

export type Sealed = { readonly ports: () => ServicePorts | undefined; describeSealed(): unknown }
type Allow = (address: string) => boolean

export type Door = {
  readonly sealed: Sealed
  readonly allow: Allow
  readonly pressure: Pressure
  readonly metrics: Pick<Metrics, 'decline' | 'turnedAway'>
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the contract calls input: path, query and body in one object. A name that stands twice is refused. */
function inputOf({ params, query, body }: FastifyRequest): unknown {
  const parts = [query, params, body instanceof Readable ? undefined : body].filter(part => part !== undefined && part !== null)
  if (!parts.every(isRecord)) return undefined
  const names = parts.flatMap(Object.keys)
  return new Set(names).size === names.length ? Object.assign({}, ...parts) : undefined
}

const callOf = (request: FastifyRequest): Call => ({
  headers: request.headers,
  address: request.ip,
  input: inputOf(request),
  raw: request.body instanceof Readable ? request.body : undefined,
})

const busy = (reply: FastifyReply) => {
  reply.code(429).header('retry-after', '1').type(problemType)
  return faultProblem(new Fault('service_busy'), '', 429)
}

const wrongType = (reply: FastifyReply) => {
  reply.code(415).header('connection', 'close').type(problemType)
  return declineProblem({ code: 'input_invalid', detail: {} }, 415)
}

const urlOf = ({ path }: Route): string => path.replaceAll(/\{(\w{1,40})\}/g, ':$1')

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** What is there, but not by this method, says by which it is (RFC 9110, 15.5.6). */
function refuseOtherMethods(app: FastifyInstance): void {
  const served = new Map<string, string[]>()
  for (const route of Object.values<Route>(routes)) served.set(urlOf(route), [...(served.get(urlOf(route)) ?? []), route.method])
  for (const [url, allowed] of served)
    app.route({
      method: methods.filter(method => !allowed.includes(method)),
      url,
      handler: async (_request, reply) => {
        reply.code(405).header('allow', allowed.join(', ')).type(problemType)
        return declineProblem({ code: 'input_invalid', detail: {} }, 405)
      },
    })
}

/** Serves every route of the contract. */
export function serveApi(
  app: FastifyInstance,
  features: readonly Feature[],
  limits: HttpLimits,
  { sealed, allow, pressure, metrics }: Door,
): void {
  const handlers = handlersOf(features)
  refuseOtherMethods(app)
  for (const [name, route] of Object.entries<Route>(routes)) {
    const handler = handlers.get(name)
    if (!handler) continue
    app.route({
      method: route.method,
      url: urlOf(route),
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
        const outcome = await answerCall(name, route, handler, callOf(request), ports).finally(leave)
        if (outcome.ok) return outcome.value
        metrics.decline(outcome.decline.code)
        const problem = declineProblem(outcome.decline)
        return reply.code(problem.status).type(problemType).send(problem)
      },
    })
  }
}
