import { verify } from 'node:crypto'
import type { RouteName } from '#contracts/service/index.ts'
import { routes } from '#contracts/service/index.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { composeService } from '#service/compose.ts'
import { defaultConfig, type ServiceConfig } from '#service/config.ts'
import { features } from '#service/features/index.ts'
import { answerCall, handlersOf } from '#service/http/answerCall.ts'
import { commandFeature } from '#service/http/commands.ts'
import { declineProblem, faultProblem } from '#service/http/problem.ts'
import type { LogLine, Mailer, ServicePorts } from '#service/ports.ts'
import type { Change, ServiceStore, Tx } from '#storage/serviceStore.ts'
import { Killed, type Process } from './process.ts'

export const operatorToken = 'operator-token-of-the-simulation'
export const secondToken = 'second-operator-of-the-simulation'

const config: ServiceConfig = {
  ...defaultConfig,
  sandbox: true,
  fetchRates: false,
  operatorToken,
  operators: [{ name: 'second', token: secondToken }],
}
const uncounted = { command: () => undefined, decline: () => undefined }
const handlers = handlersOf([...features, commandFeature(features, uncounted)])

export type Asked = { readonly route: RouteName; readonly token: string | undefined; readonly input: Readonly<Record<string, unknown>> }
export type Answered = { readonly status: number; readonly body: string }

/** An instance of the service: its real features on a store that it shares with others. */
export type Instance = {
  readonly process: Process
  /** Undefined until it has begun. */
  readonly ports: () => ServicePorts | undefined
  answer(asked: Asked): Promise<Answered>
}

/** Each call of a repository is an await at which the instance can end; where it does, its transaction is undone. */
function stepped(tx: Tx, process: Process): Tx {
  const repositories = new Map<string | symbol, unknown>()
  const repository = (name: string | symbol, of: object): unknown =>
    new Proxy(of, {
      get: (target, method) => {
        const call: unknown = Reflect.get(target, method)
        if (typeof call !== 'function') return call
        return async (...args: readonly unknown[]) => {
          await process.step(`tx.${String(name)}.${String(method)}`, 'told')
          return Reflect.apply(call, target, args)
        }
      },
    })
  return new Proxy(tx, {
    get: (target, name) => {
      const of: unknown = Reflect.get(target, name)
      if (typeof of !== 'object' || of === null) return of
      const known = repositories.get(name) ?? repository(name, of)
      repositories.set(name, known)
      return known
    },
  })
}

/** The line of one instance to the database that all share: it can break at every await, and it tells of changes a moment later. */
function lineTo(store: ServiceStore, process: Process): ServiceStore {
  const through =
    (run: ServiceStore['write']): ServiceStore['write'] =>
    async work => {
      await process.step('begin', 'told')
      try {
        return await run(tx => work(stepped(tx, process)))
      } finally {
        await process.step('ended', 'told')
      }
    }
  return {
    write: through(store.write),
    read: through(store.read),
    onChange: listener => store.onChange((change: Change) => process.after(process.random.int(20), () => listener(change))),
    close: async () => undefined,
  }
}

type InstanceParts = {
  readonly process: Process
  readonly store: ServiceStore
  readonly mailer: Mailer
  /** What stands before the door and before the line to the database: nothing, but for a test that plants a fault. */
  readonly door?: (asked: Asked) => Asked
  readonly wrap?: (store: ServiceStore) => ServiceStore
  /** The service said something that it should never say. */
  readonly onBug: (what: string) => void
}

const causeOf = (error: unknown): string =>
  error instanceof Error ? `${error.message}${error.cause === undefined ? '' : ` <- ${causeOf(error.cause)}`}` : String(error)

/** Killed or out of room is what the plan did; all else is a bug. */
const isPlanned = (text: string): boolean => text === '' || text.includes('disk_full')

export function startInstance({ process, store, mailer, door = asked => asked, wrap = line => line, onBug }: InstanceParts): Instance {
  let ports: ServicePorts | undefined
  const onError = ({ event, cause = '' }: LogLine): void => {
    if (process.isAlive() && event !== 'mail_retried' && !isPlanned(cause)) onBug(`${process.name}: ${event} ${cause}`)
  }
  const begin = async (): Promise<void> => {
    const service = await composeService({
      config,
      mailer,
      store: wrap(lineTo(store, process)),
      log: { info: () => undefined, error: onError },
      url: () => `http://${process.name}.test`,
      clock: process.now,
      after: process.after,
      random: process.random.bytes,
      ids: () => uuidV7(process.now(), process.random.bytes(10)),
      verifySignature: async (text, key, signature) => verify(null, text, key, signature),
    })
    ports = service.ports
  }
  const tryToBegin = (): void => {
    begin().catch((error: unknown) => {
      if (!process.isAlive()) return
      if (error instanceof Fault && error.code === 'disk_full') process.after(1_000, tryToBegin)
      else onBug(`${process.name} does not begin: ${causeOf(error)}`)
    })
  }
  tryToBegin()

  async function answerOf({ route, token, input }: Asked, open: ServicePorts): Promise<Answered> {
    const handler = handlers.get(route)
    if (!handler) throw new Error(`no feature serves ${route}`)
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const outcome: Outcome<unknown> = await answerCall(
      route,
      routes[route],
      handler,
      { headers, address: '127.0.0.1', input, raw: undefined },
      open,
    )
    if (outcome.ok) return { status: 200, body: JSON.stringify(outcome.value) }
    const problem = declineProblem(outcome.decline)
    return { status: problem.status, body: JSON.stringify(problem) }
  }

  return {
    process,
    ports: () => ports,
    async answer(asked) {
      if (!ports) return { status: 503, body: JSON.stringify(faultProblem(new Fault('service_sealed'), '')) }
      try {
        return await answerOf(door(asked), ports)
      } catch (error) {
        if (error instanceof Killed || !process.isAlive()) throw new Killed()
        const fault = error instanceof Fault ? error : new Fault('unexpected', { cause: error })
        if (fault.code !== 'disk_full') onBug(`${process.name}: ${asked.route} ${fault.code} ${causeOf(error)}`)
        const problem = faultProblem(fault, '')
        return { status: problem.status, body: JSON.stringify(problem) }
      }
    },
  }
}
