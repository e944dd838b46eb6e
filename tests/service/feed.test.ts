import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { feedPage } from '#contracts/service/feed.ts'
import { limitsOf } from '#service/features/limit/limitsOf.ts'
import { appendFeed, appendPayment } from '#service/feed/append.ts'
import {
  call,
  confirmation,
  makeOrder,
  registerHolder,
  startTestService,
  type TestHolder,
  type TestService,
  testStart,
  topUp,
} from '../support/service.ts'

let service: TestService
let lin: TestHolder

beforeAll(async () => {
  service = await startTestService()
  lin = await registerHolder(service)
}, 60_000)
afterAll(() => service.stop())

const asks = (holder: TestHolder, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => holder.does('question.ask', { about: `${index}`, text: 'why' })))

const socketOf = (token: string | undefined, headers: Record<string, string> = {}) =>
  new WebSocket(`${service.url.replace('http', 'ws')}/v1/socket`, {
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  })

/** The status with which an upgrade was refused. */
const refusedWith = (socket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('open', () => reject(new Error('it was let in')))
    socket.on('error', () => undefined)
  })

describe('a feed', () => {
  it('begins with the profile, then the limits', async () => {
    const { rows } = await lin.feed()
    expect(rows.slice(0, 2)).toMatchObject([
      { n: 1, event: { type: 'profile', profile: { holderId: lin.holderId, email: lin.email } } },
      {
        n: 2,
        event: {
          type: 'limits',
          limits: [
            { kind: 'per_payment', rail: null, amount: { value: '2000.00' } },
            { kind: 'per_day', rail: null, amount: { value: '5000.00' } },
            { kind: 'per_month', rail: null, amount: { value: '20000.00' } },
            { kind: 'per_payment', rail: 'crypto', amount: { value: '1000.00' } },
            { kind: 'per_day', rail: 'crypto', amount: { value: '1000.00' } },
            { kind: 'per_month', rail: 'crypto', amount: { value: '5000.00' } },
          ],
        },
      },
    ])
  })

  it('has no gap and no double, however many write at once', async () => {
    const ming = await registerHolder(service)
    await Promise.all([asks(ming, 40), asks(lin, 40), asks(ming, 40)])
    for (const holder of [ming, lin]) {
      const { rows, last } = await holder.feed()
      expect(rows.map(row => row.n)).toEqual(Array.from({ length: last }, (_, index) => index + 1))
    }
  })

  it('comes in pages of at most 500, and each page follows the one before', async () => {
    const many = await registerHolder(service)
    await service.ports.store.write(async tx => {
      const limits = await tx.holders.find(many.holderId).then(holder => (holder ? limitsOf(tx, holder, testStart) : []))
      for (let turn = 0; turn < 550; turn += 1) await appendFeed(tx, many.holderId, { type: 'limits', limits: [...limits] }, testStart)
    })
    const first = await many.feed()
    expect(first.rows).toHaveLength(500)
    const second = await many.feed(500)
    expect(second.rows[0]?.n).toBe(501)
    expect(second.rows.at(-1)?.n).toBe(second.last)
    expect((await many.feed(second.last)).rows).toEqual([])
  })

  it('tells a payment by what its command was answered, as it tells those that earlier builds wrote out', async () => {
    const eve = await registerHolder(service)
    await topUp(service, eve, 'EUR', '9.00')
    const start = (await eve.feed()).last
    const { payment } = await eve.does('payment.confirm', confirmation(await makeOrder(service, 'EUR', '2.00'), '2.00'))
    const declined = await eve.does('payment.confirm', confirmation(await makeOrder(service, 'EUR', '8.00'), '8.00'))
    await service.ports.store.write(tx => tx.feed.append(eve.holderId, JSON.stringify({ type: 'payment', payment }), testStart))
    const told = (await eve.feed(start)).rows.flatMap(({ event }) => (event.type === 'payment' ? [event.payment] : []))
    expect(told).toEqual([payment, declined.payment, payment])
    expect(told.map(({ state }) => state)).toEqual(['captured', 'declined', 'captured'])
  })

  it('that tells of a command which is not kept is damaged, and says so', async () => {
    const eve = await registerHolder(service)
    await service.ports.store.write(tx => appendPayment(tx, eve.holderId, 'nobody', testStart))
    await expect(eve.feed()).rejects.toThrow('database_damaged')
  })

  it('opens each currency once, with a balance of nothing', async () => {
    const kim = await registerHolder(service)
    const start = (await kim.feed()).last
    expect(await kim.does('currencies.open', { currencies: ['JPY', 'KWD', 'JPY'] })).toMatchObject({ ok: true, opened: ['JPY', 'KWD'] })
    expect(await kim.does('currencies.open', { currencies: ['JPY'] })).toMatchObject({ ok: true, opened: [] })
    const { rows } = await kim.feed(start)
    expect(rows.map(row => row.event)).toMatchObject([
      { type: 'balance', version: 0, balance: { currency: 'JPY', posted: { value: '0' } } },
      { type: 'balance', version: 0, balance: { currency: 'KWD', posted: { value: '0.000' } } },
    ])
  })

  it('adds up: the balance of every event is the sum of the legs before it', async () => {
    const ada = await registerHolder(service)
    await topUp(service, ada, 'EUR', '80.00')
    for (const value of ['1.10', '2.05', '3.00']) {
      const order = await makeOrder(service, 'EUR', value)
      await ada.does('payment.confirm', confirmation(order, value))
    }
    let sum = 0
    let version = 0
    for (const { event } of (await ada.feed()).rows) {
      if (event.type !== 'posting') continue
      const own = event.posting.legs.filter(leg => leg.own)
      sum += own.reduce((all, leg) => all + Math.round(Number(leg.amount.value) * 100), 0)
      version += own.length
      expect([event.balance.posted.value, event.version]).toEqual([(sum / 100).toFixed(2), version])
      expect(event.posting.legs.filter(leg => !leg.own).every(leg => leg.version === 0)).toBe(true)
    }
    expect(sum).toBe(7385)
  })
})

describe('a cursor that is none of this feed', () => {
  const asks = (after: string, token = lin.token) => call(service, `/v1/feed?after=${after}`, { token })

  it('is refused where it is below zero, no whole number, beyond all numbers, doubled or not there', async () => {
    for (const after of ['-1', '1.5', '1e30', '9007199254740993', 'NaN', 'one', '0x', '1&after=2'])
      expect([after, (await asks(after)).status, (await asks(after)).body['code']]).toEqual([after, 400, 'input_invalid'])
    expect(await call(service, '/v1/feed', { token: lin.token })).toMatchObject({ status: 400, body: { code: 'input_invalid' } })
  })

  it('beyond the newest row it gets no row, no heads and the number where the feed ends, at once', async () => {
    const { last } = await lin.feed()
    expect(await lin.feed(last + 7, 30_000)).toEqual({ rows: [], last, heads: null })
    expect(await lin.feed(Number.MAX_SAFE_INTEGER)).toEqual({ rows: [], last, heads: null })
  })

  it('of another person means nothing: everybody counts their own rows, and sees no other', async () => {
    const rich = await registerHolder(service)
    await topUp(service, rich, 'EUR', '80.00')
    const { last } = await rich.feed()
    const poor = await registerHolder(service)
    const own = await poor.feed()
    expect(own.last).toBeLessThan(last)
    expect(await poor.feed(last)).toEqual({ rows: [], last: own.last, heads: null })
    expect((await poor.feed(own.last - 1)).rows).toEqual(own.rows.slice(-1))
    expect(JSON.stringify(await poor.feed(0))).not.toContain(rich.holderId)
  })
})

describe('waiting on a feed', () => {
  it('ends as soon as something happens', async () => {
    const { last } = await lin.feed()
    const waiting = lin.feed(last, 30_000)
    await asks(lin, 1)
    const page = await waiting
    expect(page.rows.map(row => row.n)).toEqual([last + 1])
  })

  it('ends by itself with nothing after its time', async () => {
    const { last } = await lin.feed()
    expect(await lin.feed(last, 20)).toEqual({ rows: [], last, heads: expect.objectContaining({ position: last, holderId: lin.holderId }) })
  })

  it('is not woken by what happens to others', async () => {
    const { last } = await lin.feed()
    const ming = await registerHolder(service)
    const waiting = lin.feed(last, 150)
    await asks(ming, 3)
    expect((await waiting).rows).toEqual([])
  })

  it('is let go when the service stops', async () => {
    const own = await startTestService()
    const holder = await registerHolder(own)
    const { last } = await holder.feed()
    const waiting = holder.feed(last, 30_000).catch(() => 'cut')
    await own.ports.store.read(async () => undefined)
    await own.stop()
    expect(feedPage.safeParse(await waiting).success || (await waiting) === 'cut').toBe(true)
  })
})

describe('the socket', () => {
  it('says where the feed stands at once, and again at each change', async () => {
    const { last } = await lin.feed()
    const socket = socketOf(lin.token)
    const [first] = await once(socket, 'message')
    expect(JSON.parse(String(first))).toEqual({ last })
    const next = once(socket, 'message')
    await asks(lin, 1)
    expect(JSON.parse(String((await next)[0]))).toEqual({ last: last + 1 })
    socket.close()
  })

  it('lets in only a session, on its own path, from no foreign page', async () => {
    expect(await refusedWith(socketOf(undefined))).toBe(401)
    expect(await refusedWith(socketOf(service.operatorToken))).toBe(401)
    expect(await refusedWith(socketOf(lin.token, { origin: 'https://evil.example' }))).toBe(403)
    expect(await refusedWith(new WebSocket(`${service.url.replace('http', 'ws')}/v1/other`))).toBe(404)
  })

  it('ends when its device is signed out', async () => {
    const leaving = await registerHolder(service)
    const socket = socketOf(leaving.token)
    await once(socket, 'message')
    const closed = once(socket, 'close')
    await call(service, '/v1/sessions/current', { method: 'DELETE', token: leaving.token })
    expect((await closed)[0]).toBe(4001)
  })

  it('is cut when it sends more than a nudge could need', async () => {
    const socket = socketOf(lin.token)
    await once(socket, 'message')
    const closed = once(socket, 'close')
    socket.on('error', () => undefined)
    socket.send('x'.repeat(5_000))
    await closed
    expect(socket.readyState).toBe(WebSocket.CLOSED)
  })

  it('is not opened without end by one holder', async () => {
    const greedy = await registerHolder(service)
    const open = Array.from({ length: 8 }, () => socketOf(greedy.token))
    await Promise.all(open.map(socket => once(socket, 'message')))
    expect(await refusedWith(socketOf(greedy.token))).toBe(429)
    for (const socket of open) socket.close()
  })
})
