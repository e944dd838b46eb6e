import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '#contracts/service/problem.ts'
import {
  call,
  confirmation,
  makeOrder,
  newDeviceKey,
  newId,
  registerHolder,
  signedCommand,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

let service: TestService
let owner: TestHolder
let other: TestHolder

beforeAll(async () => {
  service = await startTestService({ config: { limits: { headersMs: 1_000, requestMs: 1_500 } } })
  owner = await registerHolder(service)
  other = await registerHolder(service)
}, 60_000)
afterAll(() => service.stop())

/** Sends raw bytes and collects what comes back until the other side ends. */
function raw(text: string, andThen?: (write: (text: string) => void) => void): Promise<string> {
  const { port } = new URL(service.url)
  return new Promise(resolve => {
    let answer = ''
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(text)
      andThen?.(more => socket.write(more))
    })
    socket.on('data', data => {
      answer += data.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}

describe('what belongs to one holder', () => {
  it('is not there for another: their top-up cannot be cancelled or paid by the simulated bank', async () => {
    await owner.does('currencies.open', { currencies: ['EUR'] })
    const made = await owner.does('top_up.create', { amount: { currency: 'EUR', value: '5.00' } })
    const topUpId = made.ok ? (made.topUp?.id ?? '') : ''
    expect(await other.does('top_up.cancel', { topUpId })).toMatchObject({ ok: false, decline: { code: 'not_found' } })
    const transfer = await call(service, `/v1/sandbox/top-ups/${topUpId}/transfer`, { body: {}, token: other.token })
    expect(transfer.body['code']).toBe('not_found')
  })

  it('is not told by an id: another holder who sends it hears only that it is taken', async () => {
    const id = newId()
    await owner.does('question.ask', { about: 'a', text: 'secret words' }, { id })
    const reply = await other.sends('question.ask', { about: 'a', text: 'secret words' }, { id })
    expect(reply).toMatchObject({ status: 422, body: { code: 'id_reused', detail: {} } })
  })

  it('moves nothing of another: each feed holds its own events alone', async () => {
    await topUp(service, owner, 'EUR', '9.00')
    const theirs = await other.feed()
    expect(JSON.stringify(theirs)).not.toContain(owner.holderId)
  })
})

describe('a command', () => {
  it('with another body under the same id is refused', async () => {
    const id = newId()
    await owner.does('question.ask', { about: 'a', text: 'one' }, { id })
    expect(await owner.sends('question.ask', { about: 'a', text: 'two' }, { id })).toMatchObject({
      status: 422,
      body: { code: 'id_reused' },
    })
  })

  it('keeps a decline for ever, even when the reason is gone', async () => {
    const id = newId()
    const order = await makeOrder(service, 'USD', '1.00')
    const first = await owner.does('payment.confirm', confirmation(order, '1.00'), { id })
    expect(first).toMatchObject({ ok: false, decline: { code: 'currency_not_held' } })
    await topUp(service, owner, 'USD', '5.00')
    expect(await owner.does('payment.confirm', confirmation(order, '1.00'), { id })).toEqual(first)
  })

  it('is refused when another key signed it, or it was signed for another device or service, or changed since', async () => {
    const body = { about: 'a', text: 'b' }
    const refused = { status: 401, body: { code: 'signature_invalid' } }
    expect(await owner.sends('question.ask', body, { key: newDeviceKey().privateKey })).toMatchObject(refused)
    expect(await owner.sends('question.ask', body, { asDevice: other.deviceId })).toMatchObject(refused)
    expect(await owner.sends('question.ask', body, { signature: 'A'.repeat(86) })).toMatchObject(refused)
    const signed = signedCommand(service, owner, 'question.ask', body, {})
    const changed = { ...signed, body: { about: 'a', text: 'c' } }
    expect(await call(service, '/v1/commands', { body: changed, token: owner.token })).toMatchObject(refused)
  })

  it('dates money by the service’s clock, whatever the device says', async () => {
    const order = await makeOrder(service, 'EUR', '1.00')
    const answer = await owner.does('payment.confirm', confirmation(order, '1.00'), { madeAt: '1999-01-01T00:00:00.000Z' })
    expect(answer).toMatchObject({ ok: true, payment: { timeline: [{ at: new Date(service.ports.clock()).toISOString() }, {}, {}] } })
  })

  it('is refused by shape before it is anything: not signed, not kept', async () => {
    for (const body of [{}, { id: 'x' }, [], 'text', { ...signedCommand(service, owner, 'question.ask', { about: '' }, {}), extra: 1 }])
      expect((await call(service, '/v1/commands', { body, token: owner.token })).status).toBe(400)
    const wrong = signedCommand(service, owner, 'question.ask', { about: 'a', text: 'b', amount: '1' }, {})
    expect(await call(service, '/v1/commands', { body: wrong, token: owner.token })).toMatchObject({
      status: 400,
      body: { code: 'input_invalid' },
    })
  })
})

describe('a session', () => {
  it('that was ended is refused, and its device signs nothing more', async () => {
    const leaving = await registerHolder(service)
    expect((await call(service, '/v1/sessions/current', { method: 'DELETE', token: leaving.token })).status).toBe(200)
    expect(await call(service, '/v1/feed?after=0', { token: leaving.token })).toMatchObject({
      status: 401,
      body: { code: 'device_revoked' },
    })
    expect((await leaving.sends('question.ask', { about: 'a', text: 'b' })).status).toBe(401)
  })

  it('is kept as a hash: the token stands nowhere in the book', async () => {
    const session = await service.ports.store.read(tx => tx.sessions.find(owner.token))
    expect(session).toBeUndefined()
  })
})

describe('what should not come in', () => {
  it('a page of another origin and a foreign name for this computer are refused', async () => {
    expect((await call(service, '/v1/service', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect(await raw('GET /v1/service HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 403 /)
    expect(await raw('GET /v1/service HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /)
  })

  it('a body of a gigabyte is cut before it is read', async () => {
    const head = `POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${owner.token}\r\nContent-Type: application/json\r\n`
    expect(await raw(`${head}Content-Length: 1073741824\r\n\r\n{"a":"`)).toMatch(/^HTTP\/1.1 413 /)
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
    expect(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n`, write => write(chunk.repeat(4)))).toMatch(/^HTTP\/1.1 413 /)
  })

  it('a client that sends its head or its body too slowly is cut', async () => {
    expect(await raw('GET /v1/service HTTP/1.1\r\nHost: loc')).toMatch(/^HTTP\/1.1 408 /)
    const head = `POST /v1/registrations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`
    expect(await raw(head)).toMatch(/^HTTP\/1.1 408 |^$/)
  })

  it('a head of 64 KB is refused', async () => {
    expect(await raw(`GET /v1/service HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(65_536)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /)
  })

  it('what is no JSON, or JSON that would reach into prototypes, or of another type, is refused in words', async () => {
    for (const [body, headers] of [
      ['{', {}],
      ['{"__proto__":{"a":1}}', {}],
      ['a=b', { 'content-type': 'text/plain' }],
      ['a', { 'content-type': 'application/octet-stream' }],
    ] as const) {
      const reply = await call(service, '/v1/registrations', { body, headers, method: 'POST' })
      expect([400, 415]).toContain(reply.status)
      expect(problem.parse(reply.body).code).toBe('input_invalid')
    }
  })

  it('a parameter that stands twice or is not in the contract is refused', async () => {
    for (const query of ['after=1&after=2', 'after=0&x=1', 'after=-1', 'after=1.5', 'after=0&waitMs=30001'])
      expect((await call(service, `/v1/feed?${query}`, { token: owner.token })).status).toBe(400)
  })

  it('a path that is not there is told as a problem', async () => {
    const reply = await call(service, '/v1/nothing')
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
    expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

it('calls without a session are limited by address', async () => {
  const small = await startTestService({ config: { limits: { anonymousBurst: 3, anonymousPerSecond: 0.001 } } })
  try {
    const statuses: number[] = []
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await call(small, '/v1/service')).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  } finally {
    await small.stop()
  }
})

it('a bank file above the limit is cut, whether or not it says how long it is', async () => {
  const small = await startTestService({ config: { limits: { fileBytes: 1_000 } } })
  try {
    const send = (body: BodyInit, extra: object = {}, token = small.operatorToken) =>
      fetch(`${small.url}/v1/operator/statements?file=a.xml`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        body,
        ...extra,
      })
    expect((await send('x'.repeat(1_001))).status).toBe(413)
    const endless = (pieces: number) =>
      new ReadableStream({
        start(controller) {
          for (let turn = 0; turn < pieces; turn += 1) controller.enqueue(new TextEncoder().encode('x'.repeat(500)))
          controller.close()
        },
      })
    expect((await send(endless(5), { duplex: 'half' })).status).toBe(413)
    // Nobody reads what a stranger sends, and it harms nobody.
    expect((await send(endless(5_000), { duplex: 'half' }, 'x'.repeat(43))).status).toBe(401)
    expect((await call(small, '/readyz')).status).toBe(200)
  } finally {
    await small.stop()
  }
})

it('the sandbox’s routes, mailbox and shops are not there in a service that is none', async () => {
  const real = await startTestService({ config: { sandbox: false } })
  try {
    expect(await call(real, '/v1/service')).toMatchObject({ body: { sandbox: false } })
    expect(await call(real, '/v1/sandbox/mailbox')).toMatchObject({ status: 404, body: { code: 'sandbox_only' } })
    expect((await fetch(`${real.url}/shop`)).status).toBe(404)
    expect(
      (await fetch(`${real.url}/shop/lumen/orders`, { method: 'POST', body: new URLSearchParams({ 'q.fieldNotes': '1' }) })).status,
    ).toBe(404)
  } finally {
    await real.stop()
  }
})

it('answers carry the headers that keep browsers strict', async () => {
  const { headers } = await call(service, '/healthz')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe('no-store')
})

it('the log holds no token, e-mail or name', async () => {
  const text = JSON.stringify(service.log)
  for (const secret of [owner.token, owner.email, service.operatorToken, 'Lin Wei']) expect(text).not.toContain(secret)
})
