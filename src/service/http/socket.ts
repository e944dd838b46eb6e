import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ServiceConfig } from '../config.ts'
import type { HolderCaller, ServicePorts } from '../ports.ts'
import { goodSessionOf } from '../sessions.ts'
import { bearerOf, foreignPage, holderOf } from './door.ts'

const pingEveryMs = 30_000
const mostBufferedBytes = 64 * 1024

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Tells one socket about its holder's feed until it closes. A nudge holds no content: what happened is asked for at `/v1/feed`. */
async function nudge(
  socket: WebSocket,
  { holder, deviceId }: Pick<HolderCaller, 'holder' | 'deviceId'>,
  token: string,
  ports: ServicePorts,
): Promise<void> {
  const end = () => socket.close(4001, 'device_revoked')
  /** Also while nothing is told: a session ends by its age, and what another instance did may not have been heard here. */
  const look = async (): Promise<void> => {
    const found = await ports.store.read(tx => goodSessionOf(tx, token, ports, ports.clock()))
    if (!found.ok && found.decline.code !== 'session_stale') end()
  }
  const tell = async (): Promise<void> => {
    const last = await ports.store.read(tx => tx.feed.last(holder.id))
    if (socket.bufferedAmount > mostBufferedBytes) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ last }))
  }
  const told = () => {
    tell().catch(() => socket.terminate())
  }
  const stopFeed = ports.waiters.listen(`feed:${holder.id}`, told)
  const stopDevice = ports.waiters.listen(`device:${deviceId}`, end)
  let isAlive = true
  socket.on('pong', () => {
    isAlive = true
  })
  const pinging = setInterval(() => {
    if (!isAlive) socket.terminate()
    isAlive = false
    socket.ping()
    look().catch(() => undefined)
  }, pingEveryMs)
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    stopFeed()
    stopDevice()
    clearInterval(pinging)
  })
  told()
  // It may have been ended between the door and here.
  await look()
}

export type Sockets = { readonly count: () => number; close(): void }

/** `GET /v1/socket` with a session's bearer token: a nudge at each change of the holder's feed. */
export function serveSockets(server: Server, config: ServiceConfig, portsNow: () => ServicePorts | undefined): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false })
  const open = new Map<string, number>()
  const count = (holderId: string, change: number) => {
    const next = (open.get(holderId) ?? 0) + change
    if (next > 0) open.set(holderId, next)
    else open.delete(holderId)
  }
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/v1/socket') return refuse(socket, '404 Not Found')
    if (foreignPage(request.headers, config)) return refuse(socket, '403 Forbidden')
    const ports = portsNow()
    if (!ports) return refuse(socket, '503 Service Unavailable')
    const { headers } = request
    const caller = await holderOf({ headers, address: request.socket.remoteAddress ?? '' }, ports)
    if (!caller.ok) return refuse(socket, '401 Unauthorized')
    const { id } = caller.value.holder
    if ((open.get(id) ?? 0) >= config.limits.socketsPerHolder) return refuse(socket, '429 Too Many Requests')
    count(id, 1)
    socket.once('close', () => count(id, -1))
    sockets.handleUpgrade(request, socket, head, opened => {
      nudge(opened, caller.value, bearerOf(headers) ?? '', ports).catch(() => opened.terminate())
    })
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch(() => socket.destroy())
  })
  return {
    count: () => sockets.clients.size,
    close: () => {
      for (const socket of sockets.clients) socket.close(1001)
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, 500).unref()
    },
  }
}
