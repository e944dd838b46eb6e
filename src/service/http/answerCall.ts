import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { routes } from '#contracts/service/index.ts'
import type { Route } from '#contracts/service/route.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { type AnyCaller, type Feature, Parsed, type ServicePorts } from '../ports.ts'
import { deviceOf, holderOf, isLocalAddress, operatorOf, signerOf } from './door.ts'

/** What reached a route, whatever brought it. `input`: path, query and body in one object; `raw`: the body where it is a file. */
export type Call = {
  readonly headers: IncomingHttpHeaders
  readonly address: string
  readonly input: unknown
  readonly raw: Readable | undefined
}

/** A handler without its types: what it is given was parsed by the contract of its own route. */
export type Handler = (ports: ServicePorts, caller: never, input: never, raw?: Readable) => Promise<Outcome<unknown>>

/** The handler of every route. Throws where one is missing or two features serve the same: the service does not start. */
export function handlersOf(features: readonly Feature[]): ReadonlyMap<string, Handler> {
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

/** Proves who calls, as the route's contract demands. Declines: not_signed_in, device_revoked, session_expired, session_stale, sandbox_only, not_allowed. */
async function callerOf(route: Route, call: Call, ports: ServicePorts): Promise<Outcome<AnyCaller>> {
  const { headers, address } = call
  switch (route.caller) {
    case 'anyone':
      return ok({ address })
    case 'sandbox':
      if (!ports.config.sandbox) return no('sandbox_only')
      return isLocalAddress(address) || operatorOf(headers, ports.config).ok ? ok({ address }) : no('not_allowed')
    case 'operator': {
      const operator = operatorOf(headers, ports.config)
      return operator.ok ? ok({ address, by: operator.value }) : operator
    }
    case 'session': {
      const holder = await holderOf(call, ports)
      return holder.ok ? ok({ ...holder.value, address }) : holder
    }
    case 'signer': {
      const signer = await signerOf(call, ports)
      return signer.ok ? ok({ ...signer.value, address }) : signer
    }
    case 'device': {
      const device = await deviceOf(call, ports)
      return device.ok ? ok({ ...device.value, address }) : device
    }
  }
}

/** Proves the caller, parses the input, runs the handler and checks its answer against the contract. */
export async function answerCall(name: string, route: Route, handler: Handler, call: Call, ports: ServicePorts): Promise<Outcome<unknown>> {
  const caller = await callerOf(route, call, ports)
  if (!caller.ok) return caller
  const input = route.input.safeParse(call.input)
  if (!input.success) return no('input_invalid', { field: input.error.issues[0]?.path.join('.') ?? '' })
  // The one place where a route meets its handler: the caller and the input were proved by the contract of the same name.
  const outcome = await handler(ports, caller.value as never, input.data as never, call.raw)
  if (!outcome.ok) return outcome
  if (outcome.value instanceof Parsed) return ok(outcome.value.value)
  const output = route.output.safeParse(outcome.value)
  if (!output.success)
    throw new Fault('unexpected', { cause: new Error(`the answer of ${name} breaks its contract`, { cause: output.error }) })
  return ok(output.data)
}
