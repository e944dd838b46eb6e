import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import { socketTransport } from '#renderer/bridge/socket.ts'
import type { BridgeEvent } from '#renderer/bridge/transport.ts'

const servers: WebSocketServer[] = []

/** A loopback peer on a port; `answer` false leaves every call waiting. */
async function peer(port = 0, answer = true) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  servers.push(server)
  const sockets: ServerSocket[] = []
  const asked: { id: string; method: string; input: unknown }[] = []
  server.on('connection', socket => {
    sockets.push(socket)
    socket.on('message', data => {
      const frame = JSON.parse(String(data))
      asked.push(frame)
      if (answer) socket.send(JSON.stringify({ id: frame.id, envelope: { ok: true, value: { echoed: frame.method } } }))
    })
  })
  await once(server, 'listening')
  const at = (server.address() as AddressInfo).port
  return { at, url: `ws://127.0.0.1:${at}/socket`, asked, sockets, server }
}

const close = (server: WebSocketServer) =>
  new Promise<void>(done => {
    for (const client of server.clients) client.terminate()
    server.close(() => done())
  })

afterEach(async () => {
  await Promise.all(servers.splice(0).map(close))
})

test('a call that is made before the socket is open waits for it', async () => {
  const { url } = await peer()
  const transport = socketTransport(url)
  expect(await transport.call('app.state', {})).toEqual({ ok: true, value: { echoed: 'app.state' } })
})

test('answers find their calls, whatever their order', async () => {
  const { url } = await peer()
  const transport = socketTransport(url)
  const answers = await Promise.all([transport.call('app.lock', {}), transport.call('balances.overview', {})])
  expect(answers).toEqual([
    { ok: true, value: { echoed: 'app.lock' } },
    { ok: true, value: { echoed: 'balances.overview' } },
  ])
})

test('a call whose answer is lost with the socket is told as offline, and the next one goes over a new socket', async () => {
  const silent = await peer(0, false)
  const transport = socketTransport(silent.url)
  const told: boolean[] = []
  transport.onConnection(isConnected => told.push(isConnected))
  const lost = transport.call('app.state', {})
  await expect.poll(() => silent.asked.length).toBe(1)
  await close(silent.server)
  expect(await lost).toMatchObject({ ok: false, kind: 'fault', code: 'service_offline' })
  await peer(silent.at)
  expect(await transport.call('app.lock', {})).toEqual({ ok: true, value: { echoed: 'app.lock' } })
  expect(told).toContain(false)
  expect(told.at(-1)).toBe(true)
})

test('what the wallet tells unasked reaches every listener until it stops listening', async () => {
  const { url, sockets } = await peer()
  const transport = socketTransport(url)
  const heard: BridgeEvent[] = []
  const stop = transport.onEvent(event => heard.push(event))
  await transport.call('app.state', {})
  sockets[0]?.send(JSON.stringify({ event: 'link.opened', payload: { text: 'okpay://pay/K7F39QTX' } }))
  await expect.poll(() => heard).toEqual([{ event: 'link.opened', payload: { text: 'okpay://pay/K7F39QTX' } }])
  stop()
  sockets[0]?.send(JSON.stringify({ event: 'link.opened', payload: { text: 'again' } }))
  await transport.call('app.state', {})
  expect(heard.length).toBe(1)
})
