import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { onCommit } from '#storage/commits.ts'
import { isLoopback, type ServiceConfig } from '../config.ts'
import { isLocalAddress, operatorOf } from './door.ts'
import { declineProblem, problemType } from './problem.ts'

/** What is asked for when the numbers are read. */
export type Looks = { readonly waiting: () => number; readonly sockets: () => number; readonly waiters: () => number }

export type Metrics = {
  /** A command with its first or repeated answer: `done`, or the code of its decline. */
  command(type: string, outcome: string): void
  decline(code: string): void
  /** A change that found the line full. */
  turnedAway(): void
  request(route: string, method: string, status: number, seconds: number): void
  text(): Promise<string>
  readonly contentType: string
  close(): void
}

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]
const writesBuckets = [1, 2, 4, 8, 16, 32, 64, 128]

/** Numbers of this process for Prometheus. Labels come from closed sets: routes, types and codes of the contract, never what somebody sent. */
export function createMetrics(looks: Looks): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'okpay_http_request_seconds',
    help: 'Time from a request to its answer; long polls are those of /v1/feed',
    labelNames: ['route', 'method', 'status'],
    buckets: requestBuckets,
    registers,
  })
  const commands = new Counter({ name: 'okpay_commands_total', help: 'Commands by outcome', labelNames: ['type', 'outcome'], registers })
  const declines = new Counter({ name: 'okpay_declines_total', help: 'Refusals by code', labelNames: ['code'], registers })
  const away = new Counter({ name: 'okpay_turned_away_total', help: 'Changes that found the line full (429)', registers })
  const writes = new Histogram({ name: 'okpay_commit_writes', help: 'Changes that shared a commit', buckets: writesBuckets, registers })
  const gauge = (name: string, help: string, look: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(look())
      },
    })
  gauge('okpay_waiting_changes', 'Changes under way or waiting for their commit', looks.waiting)
  gauge('okpay_sockets', 'Sessions that are connected by a socket', looks.sockets)
  gauge('okpay_waiters', 'Long polls and sockets that wait for news', looks.waiters)
  gauge('process_resident_memory_bytes', 'Resident memory', () => process.memoryUsage.rss())
  const stop = onCommit(commit => writes.observe(commit.writes))
  return {
    command: (type, outcome) => commands.inc({ type, outcome }),
    decline: code => declines.inc({ code }),
    turnedAway: () => away.inc(),
    request: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: stop,
  }
}

/** `GET /metrics`: for the operator; on a service that only this computer reaches, for whoever asks from it. */
export function serveMetrics(app: FastifyInstance, config: ServiceConfig, metrics: Metrics): void {
  const isOwnComputers = isLoopback(config.host) && config.publicUrl === null
  app.get('/metrics', async (request, reply) => {
    if (!(isOwnComputers && isLocalAddress(request.ip)) && !operatorOf(request.headers, config).ok) {
      const problem = declineProblem({ code: 'not_signed_in', detail: {} })
      return reply.code(problem.status).type(problemType).send(problem)
    }
    return reply.type(metrics.contentType).send(await metrics.text())
  })
}
