import type { AddressInfo } from 'node:net'
import { Readable, Transform } from 'node:stream'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Fault } from '#core/failure/faults.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { serveCheckout } from '../checkout/checkoutRoutes.ts'
import type { ServiceConfig } from '../config.ts'
import { features } from '../features/index.ts'
import { describeService } from '../features/service/index.ts'
import { serveMailLinks } from '../mailLinks/serveMailLinks.ts'
import type { Log, ServicePorts } from '../ports.ts'
import { serveApi } from './apiRoutes.ts'
import { createBuckets } from './bucket.ts'
import { commandFeature } from './commands.ts'
import { foreignPage } from './door.ts'
import { createMetrics, type Metrics, serveMetrics } from './metrics.ts'
import { openApiDocument } from './openapi.ts'
import { createPressure } from './pressure.ts'
import { declineProblem, faultProblem, problemType } from './problem.ts'
import { serveSockets } from './socket.ts'

/** `ports`: undefined while the book is sealed. */
export type ServerParts = {
  readonly config: ServiceConfig
  readonly log: Log
  readonly ports: () => ServicePorts | undefined
  readonly random: (bytes: number) => Uint8Array
  /** How many changes may be under way; beyond it the answer is 429. */
  readonly mostChanges?: number
}

export type HttpServer = { listen(): Promise<string>; close(): Promise<void> }

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** Cuts a file that says nothing of its length, or lies about it. */
function atMost(bytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > bytes) done(Object.assign(new Error('the file is too large'), { statusCode: 413 }))
      else done(null, chunk)
    },
  })
}

function readBodies(app: FastifyInstance, { limits }: ServiceConfig): void {
  app.addContentTypeParser('application/octet-stream', (_request: FastifyRequest, body: Readable, done) => {
    const limited = atMost(limits.fileBytes)
    // Whoever reads it hears of its error; where nobody does, it must not end the process.
    limited.on('error', () => undefined)
    body.on('error', error => limited.destroy(error))
    limited.on('close', () => body.resume())
    done(null, body.pipe(limited))
  })
  // A file that was refused unread is let run out, so that its sender gets the answer.
  app.addHook('onResponse', async ({ body }) => {
    if (body instanceof Readable) body.destroy()
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
}

const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const cause = error.cause instanceof Error ? ` <- ${causeOf(error.cause)}` : ''
  return `${error.name}: ${error.message.slice(0, 500)}${cause}`
}

const nothingHere = (reply: FastifyReply) =>
  reply
    .code(404)
    .type(problemType)
    .send(declineProblem({ code: 'not_found', detail: {} }))

/** What fastify itself refuses (a body too large, no JSON) is a refusal; all else is a fault, whose cause stays in the log. */
function failWith({ log, random }: ServerParts, request: FastifyRequest, reply: FastifyReply, error: FastifyError): FastifyReply {
  const status = error.statusCode
  if (status !== undefined && status >= 400 && status < 500)
    return reply
      .code(status)
      .header('connection', 'close')
      .type(problemType)
      .send(declineProblem({ code: 'input_invalid', detail: {} }, status))
  const fault = error instanceof Fault ? error : new Fault('unexpected', { cause: error })
  const reference = uuidV7(Date.now(), random(10))
  if (fault.code !== 'service_sealed')
    log.error({ event: 'fault', reference, code: fault.code, route: String(request.routeOptions.url), cause: causeOf(error) })
  const problem = faultProblem(fault, reference)
  return reply.code(problem.status).type(problemType).send(problem)
}

function guard(app: FastifyInstance, parts: ServerParts, metrics: Metrics): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    const foreign = foreignPage(request.headers, parts.config)
    if (foreign) return reply.code(403).type(problemType).send(declineProblem(foreign))
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.request(route, request.method, reply.statusCode, reply.elapsedTime / 1_000)
    parts.log.info({
      event: 'request',
      route: `${request.method} ${route}`,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
  app.setErrorHandler((error: FastifyError, request, reply) => failWith(parts, request, reply, error))
  app.setNotFoundHandler((_request, reply) => nothingHere(reply))
}

function serveHealth(app: FastifyInstance, { ports }: ServerParts): void {
  app.get('/healthz', async () => ({ healthy: true }))
  app.get('/readyz', async (_request, reply) => {
    const open = ports()
    if (!open) return reply.code(503).send({ ready: false })
    // Ready is who can read the book; mails that cannot leave are told beside it, for the operator to see.
    return { ready: true, mails: await open.store.read(tx => tx.mails.troubled()) }
  })
  app.get('/openapi.json', async () => openApiDocument())
}

/**
 * Who is still calling when the service ends has so long. With what goes on by itself (compose.ts) it is less than a wallet gives its embedded service
 * before it ends it by force (main/sync/embeddedService.ts): the book is closed, not cut off.
 */
const callersEndMs = 1_000

/** The service's one door: HTTP with the API, the shop's pages and health, and the socket for nudges. */
export function createHttpServer(parts: ServerParts): HttpServer {
  const { config, ports } = parts
  const { limits } = config
  const app = fastify({
    bodyLimit: limits.jsonBytes,
    forceCloseConnections: 'idle',
    keepAliveTimeout: 10_000,
    requestTimeout: limits.requestMs,
    routerOptions: { maxParamLength: 300 },
    // A path that is none is refused before any hook runs: in the same words, and without an echo of what was sent.
    frameworkErrors: (error, request, reply) => {
      void failWith(parts, request, reply.headers(headers), error)
    },
    http: { maxHeaderSize: limits.headerBytes, headersTimeout: limits.headersMs, connectionsCheckingInterval: 1_000 },
  })
  app.server.maxConnections = limits.connections
  const allow = createBuckets(limits.anonymousBurst, limits.anonymousPerSecond)
  const now = () => Date.now()
  const pressure = createPressure(parts.mostChanges)
  const sockets = serveSockets(app.server, config, ports)
  const metrics = createMetrics({ waiting: pressure.waiting, sockets: sockets.count, waiters: () => ports()?.waiters.count() ?? 0 })
  guard(app, parts, metrics)
  readBodies(app, config)
  serveHealth(app, parts)
  serveMetrics(app, config, metrics)
  const describeSealed = () => describeService(config, '', now())
  serveApi(app, [...features, commandFeature(features, metrics)], limits, {
    sealed: { ports, describeSealed },
    allow: address => allow(address, now()),
    pressure,
    metrics,
  })
  serveMailLinks(app, features, ports, address => allow(address, now()))
  serveCheckout(app, ports, address => allow(address, now()))
  return {
    listen: async () => {
      await app.listen({ host: config.host, port: config.port })
      const address = app.server.address()
      const bound: AddressInfo | undefined = typeof address === 'object' && address !== null ? address : undefined
      return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${bound?.port ?? config.port}`
    },
    close: async () => {
      sockets.close()
      const cut = setTimeout(() => app.server.closeAllConnections(), callersEndMs)
      await app.close()
      clearTimeout(cut)
      metrics.close()
    },
  }
}
