import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import type { Wallet } from '../../ports.ts'
import { pageHeaders } from '../contentPolicy.ts'
import { findPageFile } from '../pageFiles.ts'
import { type FirstPage, firstPage } from './firstPage.ts'
import { hasBody, isOwnRequest, isOwnUpgrade } from './gate.ts'
import { createSession, type Session } from './session.ts'
import { attendWindow, largestFrameBytes } from './socket.ts'

export type LoopbackServer = {
  readonly port: number
  /** An address that opens the wallet once. */
  readonly launchUrl: () => string
  readonly close: () => Promise<void>
}

export type LoopbackOptions = {
  readonly wallet: Pick<Wallet, 'dispatch' | 'onEvent' | 'personActed'>
  /** The folder of the built window. */
  readonly page: string
  /** What draws the first screen of a window that is opened. */
  readonly drawFirstScreen: () => Promise<DrawFirstScreen>
  /** Told to who has no session. */
  readonly closedDoor: () => string
}

const launchPath = '/launch'
const socketPath = '/socket'

const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const
const mostConnections = 64

/** `isLaunched`: a window was let in and has not got its page yet. One that is loaded again stands at a place of its own, which only it knows. */
type Door = { readonly options: LoopbackOptions; readonly session: Session; readonly port: number; isLaunched: boolean }

/** Serves the window on a port of 127.0.0.1 that the system chooses, and carries its calls (SECURITY.md, point 9). */
export async function startLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const session = createSession()
  const server = createServer(limits)
  server.maxConnections = mostConnections
  const port = await listen(server)
  const door: Door = { options, session, port, isLaunched: false }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes, perMessageDeflate: false })
  server.on('request', (request, response) => void answer(door, request, response))
  // Who asks before sending a body is told at once that none is taken.
  server.on('checkContinue', (request, response) => refuse(response, 413, request))
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const status = upgradeStatus(door, request)
    if (status !== 101) refuseUpgrade(stream, status)
    else sockets.handleUpgrade(request, stream, head, socket => attendWindow(socket, options.wallet))
  })
  return {
    port,
    launchUrl: () => {
      void drawAhead(options)
      return `http://127.0.0.1:${port}${launchPath}?token=${session.issueToken()}`
    },
    close: () =>
      new Promise(done => {
        for (const socket of sockets.clients) socket.terminate()
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address && typeof address === 'object') done(address.port)
      else fail(new Error('the system gave no port'))
    })
  })
}

async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options, session, port } = door
  if (!isOwnRequest(request, port)) return refuse(response, 403, request)
  if (hasBody(request)) return refuse(response, 413, request)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, request, { Allow: 'GET, HEAD' })
  const url = readUrl(request, port)
  if (!url) return refuse(response, 400, request)
  if (url.pathname === launchPath) return launch(door, url, request, response)
  if (!session.admits(request.headers.cookie, port)) return turnAway(options, request, response)
  if (url.pathname === '/' && door.isLaunched && request.method === 'GET') {
    door.isLaunched = false
    const page = await firstPage(options.page, options.wallet, options.drawFirstScreen)
    if (page !== undefined) return sendPage(response, page)
  }
  const file = await findPageFile(options.page, url.pathname)
  if (!file) return refuse(response, 404, request)
  response.writeHead(200, {
    ...pageHeaders,
    'Content-Type': file.type,
    'Content-Length': file.bytes,
    'Cache-Control': file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store',
  })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response)
}

/** While the browser starts, so that the first page waits for nothing. It asks again and shows the drawing only where the answers are the same. */
const drawAhead = async ({ page, wallet, drawFirstScreen }: LoopbackOptions) => (await firstPage(page, wallet, drawFirstScreen))?.rest()

/** In two parts: fonts and styles are fetched while the first screen is drawn. */
async function sendPage(response: ServerResponse, { head, rest }: FirstPage): Promise<void> {
  response.writeHead(200, { ...pageHeaders, 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
  response.write(head)
  response.end(await rest())
}

/** Exchanges the token for the cookie. A browser that only looks ahead does not use it up. */
function launch(door: Door, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const { options, session, port } = door
  const isLookAhead = request.method === 'HEAD' || request.headers['sec-purpose'] !== undefined || request.headers['purpose'] !== undefined
  const cookie = isLookAhead ? undefined : session.redeem(url.searchParams.get('token') ?? '', port)
  if (cookie) {
    door.isLaunched = true
    response.writeHead(303, { ...pageHeaders, 'Set-Cookie': cookie, Location: '/', 'Cache-Control': 'no-store' }).end()
  } else if (session.admits(request.headers.cookie, port)) {
    // The same person comes back by an old address: the window is open to them already.
    response.writeHead(303, { ...pageHeaders, Location: '/', 'Cache-Control': 'no-store' }).end()
  } else turnAway(options, request, response)
}

function turnAway({ closedDoor }: LoopbackOptions, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(401, { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : closedDoor())
}

/** Says no and closes the connection: a body that may follow is not read. */
function refuse(response: ServerResponse, status: number, request: IncomingMessage, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...pageHeaders, ...more, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
  response.end(request.method === 'HEAD' ? undefined : STATUS_CODES[status], () => {
    if (!request.complete) request.socket.destroySoon()
  })
}

function readUrl(request: IncomingMessage, port: number): URL | undefined {
  // Only the origin form: `GET http://else/ HTTP/1.1` and `//else/` name another host.
  if (!request.url?.startsWith('/') || request.url.startsWith('//')) return undefined
  return URL.parse(request.url, `http://127.0.0.1:${port}`) ?? undefined
}

function upgradeStatus({ session, port }: Door, request: IncomingMessage): 101 | 400 | 401 | 403 | 404 {
  if (!isOwnUpgrade(request, port)) return 403
  if (request.method !== 'GET' || hasBody(request)) return 400
  if (request.url !== socketPath) return 404
  return session.admits(request.headers.cookie, port) ? 101 : 401
}

function refuseUpgrade(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy())
}
