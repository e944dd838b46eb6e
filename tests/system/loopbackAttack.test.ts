import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { openLoopback, outsideSecret, sendRaw } from '../shells/window.ts'

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`

/** The status with which an upgrade is refused; 101 where it is not. */
function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise(done => {
    const socket = new WebSocket(url, { headers })
    socket.on('open', () => {
      socket.terminate()
      done(101)
    })
    socket.on('unexpected-response', (_, response) => done(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

async function openSocket() {
  const { server, origin, enter, listeners, acted } = await openLoopback()
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket`, { headers: { origin, cookie: await enter() } })
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  return { server, socket, listeners, acted }
}

describe('the door of the loopback shell', () => {
  test('opens by its address once, and shows the window afterwards', async () => {
    const { server, origin } = await openLoopback()
    const url = server.launchUrl()
    const first = await fetch(url, { redirect: 'manual' })
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/')
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    const page = await fetch(origin, { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(await page.text()).toContain('OKPAY')
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401)
  })

  test('stays shut without the cookie, with a wrong one, and with two', async () => {
    const { server, origin, enter } = await openLoopback()
    const cookie = await enter()
    const name = cookie.split('=')[0]
    const asked = (header: string) => fetch(origin, { headers: { cookie: header } }).then(({ status }) => status)
    expect((await fetch(origin)).status).toBe(401)
    expect(await asked(`${name}=wrong`)).toBe(401)
    expect(await asked(`${name}=`)).toBe(401)
    expect(await asked(`${name}=wrong; ${cookie}`)).toBe(401)
    expect(await asked(`other=1; ${cookie}`)).toBe(200)
    expect((await fetch(`${origin}/launch?token=guess`, { redirect: 'manual' })).status).toBe(401)
    expect((await fetch(`${origin}/launch`, { redirect: 'manual' })).status).toBe(401)
    expect(server.port).toBeGreaterThan(0)
  })

  test('keeps its token from a browser that only looks ahead', async () => {
    const { server } = await openLoopback()
    const url = server.launchUrl()
    await fetch(url, { redirect: 'manual', headers: { 'sec-purpose': 'prefetch' } })
    await fetch(url, { redirect: 'manual', method: 'HEAD' })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
  })

  test('knows only its own name: a foreign Host is refused, even with the cookie', async () => {
    const { server, enter } = await openLoopback()
    const cookie = await enter()
    const asked = (host: string) => sendRaw(server.port, lines('GET / HTTP/1.1', `Host: ${host}`, `Cookie: ${cookie}`, 'Connection: close'))
    for (const host of ['evil.example', `localhost:${server.port}`, '127.0.0.1', `127.0.0.1:${server.port}.evil.example`, '']) {
      expect((await asked(host)).status, host).toBe(403)
    }
    expect((await asked(`127.0.0.1:${server.port}`)).status).toBe(200)
    const nameless = await sendRaw(server.port, lines('GET / HTTP/1.1', `Cookie: ${cookie}`))
    expect(nameless.status).toBe(400)
    const absolute = await sendRaw(
      server.port,
      lines('GET http://evil.example/ HTTP/1.1', `Host: 127.0.0.1:${server.port}`, `Cookie: ${cookie}`),
    )
    expect(absolute.status).toBe(400)
  })

  test('refuses a foreign Origin and a request of another site', async () => {
    const { origin, enter } = await openLoopback()
    const cookie = await enter()
    const asked = (headers: Record<string, string>) => fetch(origin, { headers: { cookie, ...headers } }).then(({ status }) => status)
    expect(await asked({ origin: 'http://evil.example' })).toBe(403)
    expect(await asked({ origin: 'null' })).toBe(403)
    expect(await asked({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await asked({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await asked({ origin })).toBe(200)
  })

  test('sends the policy with every answer', async () => {
    const { origin, enter } = await openLoopback()
    const cookie = await enter()
    for (const [path, headers] of [
      ['/', { cookie }],
      ['/', {}],
      ['/missing.js', { cookie }],
      ['/', { cookie, origin: 'http://evil.example' }],
    ] as const) {
      const answer = await fetch(`${origin}${path}`, { headers })
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('serves the window and nothing beside it', async () => {
    const { server, enter } = await openLoopback()
    const cookie = await enter()
    const asked = (path: string) =>
      sendRaw(server.port, lines(`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, `Cookie: ${cookie}`, 'Connection: close'))
    for (const path of [
      '/../secret.json',
      '/..%2fsecret.json',
      '/%2e%2e/secret.json',
      '/%2e%2e%2fsecret.json',
      '/assets/../../secret.json',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
      '/..%5csecret.json',
      '/..\\secret.json',
      '//secret.json',
      '/%00/secret.json',
      '/secret.json%00.html',
      '/%zz',
      '/linked.json',
      '/assets',
      '/assets/',
      '/notes.txt',
      '/../renderer-else/index.html',
    ]) {
      const { status, text } = await asked(path)
      expect([400, 404], path).toContain(status)
      expect(text, path).not.toContain(outsideSecret)
    }
    const script = await asked('/assets/index-Ab12_-cd.js')
    expect(script.status).toBe(200)
    expect(script.text).toContain('text/javascript')
    expect(script.text).toContain('immutable')
  })

  test('takes no body: neither a gigabyte that is announced nor one that just comes', async () => {
    const { server, enter } = await openLoopback()
    const cookie = await enter()
    const gigabyte = 1_000_000_000
    const head = (method: string, ...more: string[]) =>
      lines(`${method} / HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, `Cookie: ${cookie}`, ...more)
    const announced = await sendRaw(server.port, head('POST', `Content-Length: ${gigabyte}`), gigabyte)
    const chunked = await sendRaw(server.port, head('POST', 'Transfer-Encoding: chunked'), gigabyte)
    const withGet = await sendRaw(server.port, head('GET', `Content-Length: ${gigabyte}`), gigabyte)
    for (const { status, sentBytes } of [announced, chunked, withGet]) {
      // Where the flood is faster than the answer, the closed connection takes the answer with it.
      expect([413, 400, 0]).toContain(status)
      expect(sentBytes).toBeLessThan(gigabyte / 10)
    }
    expect((await sendRaw(server.port, head('POST', `Content-Length: ${gigabyte}`))).status).toBe(413)
    expect((await sendRaw(server.port, head('PUT', `Content-Length: ${gigabyte}`, 'Expect: 100-continue'))).status).toBe(413)
    expect((await sendRaw(server.port, head('POST'))).status).toBe(405)
    expect((await fetch(server.launchUrl(), { redirect: 'manual' })).status).toBe(303)
  })

  test('refuses headers that are too large', async () => {
    const { server } = await openLoopback()
    const { status } = await sendRaw(
      server.port,
      lines('GET / HTTP/1.1', `Host: 127.0.0.1:${server.port}`, `X-Long: ${'x'.repeat(20_000)}`),
    )
    expect(status).toBe(431)
  })

  test('cuts off who sends a header byte by byte, and serves others meanwhile', async () => {
    const { server, origin } = await openLoopback()
    const slow = connect(server.port, '127.0.0.1')
    onTestFinished(() => void slow.destroy())
    slow.on('error', () => undefined)
    slow.write('GET / HTTP/1.1\r\n')
    const drip = setInterval(() => slow.write('X'), 500)
    onTestFinished(() => clearInterval(drip))
    const closed = new Promise(done => slow.on('close', done))
    expect((await fetch(origin)).status).toBe(401)
    await closed
  })

  test('listens on 127.0.0.1 alone', async () => {
    const { server } = await openLoopback()
    const elsewhere = connect(server.port, '::1')
    const reached = await new Promise(done => {
      elsewhere.on('connect', () => done(true))
      elsewhere.on('error', () => done(false))
    })
    elsewhere.destroy()
    expect(reached).toBe(false)
  })
})

describe('the socket of the loopback shell', () => {
  test('opens only for its own page with the cookie', async () => {
    const { server, origin, enter } = await openLoopback()
    const cookie = await enter()
    const url = `ws://127.0.0.1:${server.port}/socket`
    expect(await upgradeStatus(url, { origin })).toBe(401)
    expect(await upgradeStatus(url, { cookie })).toBe(403)
    expect(await upgradeStatus(url, { cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await upgradeStatus(url, { cookie, origin: `http://localhost:${server.port}` })).toBe(403)
    expect(await upgradeStatus(url, { cookie, origin: 'null' })).toBe(403)
    expect(await upgradeStatus(url, { cookie, origin, host: 'evil.example' })).toBe(403)
    expect(await upgradeStatus(`${url}/else`, { cookie, origin })).toBe(404)
    expect(await upgradeStatus(url, { cookie, origin })).toBe(101)
  })

  test('carries calls and answers, and tells events', async () => {
    const { socket, listeners } = await openSocket()
    socket.send(JSON.stringify({ id: '1', method: 'app.state', input: {} }))
    const [answer] = await once(socket, 'message')
    expect(JSON.parse(String(answer))).toEqual({
      id: '1',
      envelope: { ok: true, value: { method: 'app.state', input: {}, caller: { shell: 'loopback' } } },
    })
    for (const tell of listeners) tell('link.opened', { text: 'okpay://x' })
    const [event] = await once(socket, 'message')
    expect(JSON.parse(String(event))).toEqual({ event: 'link.opened', payload: { text: 'okpay://x' } })
  })

  test('tells the wallet that the person touched the window, so that it does not lock under their hands', async () => {
    const { socket, acted } = await openSocket()
    socket.send(JSON.stringify({ acted: true }))
    socket.send(JSON.stringify({ id: '1', method: 'app.state', input: {} }))
    await once(socket, 'message')
    expect(acted.times).toBe(1)
  })

  test.each([
    ['no JSON', 'hello', 1003],
    ['no call', '{"id":1}', 1003],
    ['a call with more in it', '{"id":"1","method":"a","input":{},"caller":{"shell":"terminal"}}', 1003],
    ['bytes', Buffer.from('{"id":"1","method":"a","input":{}}'), 1003],
    ['a frame of 9 MB', 'x'.repeat(9_000_000), 1009],
  ])('closes on %s', async (_, frame, code) => {
    const { socket } = await openSocket()
    socket.send(frame)
    expect((await once(socket, 'close'))[0]).toBe(code)
  })

  test('forgets a window that is gone', async () => {
    const { socket, listeners } = await openSocket()
    expect(listeners.size).toBe(1)
    socket.terminate()
    await expect.poll(() => listeners.size).toBe(0)
  })
})
