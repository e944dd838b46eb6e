import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '#main/clock.ts'
import { createConnection } from '#main/sync/connection.ts'
import { systemNetwork } from '#main/sync/network.ts'
import { asked, createServiceClient, type Health } from '#main/sync/serviceClient.ts'
import { testClock } from '../../support/clock.ts'

let servers: Server[] = []
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  servers = []
})

/** A service that answers as it likes. */
async function rogue(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function client(answer: RequestListener) {
  const url = await rogue(answer)
  const health: Health[] = []
  return {
    health,
    client: createServiceClient({ baseUrl: () => url, network: systemNetwork, clock: systemClock, onHealth: now => health.push(now) }),
  }
}

const description = (change: object = {}) => ({
  name: 'OKPAY',
  serviceId: '0123456789AB',
  keys: [],
  sandbox: true,
  apiVersion: 1,
  now: new Date().toISOString(),
  currencies: ['EUR'],
  supportEmail: 'help@okpay.example',
  ...change,
})

const says =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.statusCode = status
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

describe('an answer of the service', () => {
  test('is taken only in the form of the contract', async () => {
    const garbage = [
      '',
      'hello',
      '{',
      '[]',
      description({ apiVersion: 2 }),
      description({ now: 'yesterday' }),
      { ...description(), more: 1 },
    ]
    for (const body of garbage) {
      const { client: service, health } = await client(says(body))
      await expect(service.call('describe', {}), JSON.stringify(body)).rejects.toMatchObject({ code: 'service_garbage' })
      expect(health).toEqual(['garbage'])
    }
  })

  test('that is endless is cut', async () => {
    const { client: service } = await client((_request, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(256 * 1024, 0x20)));
        response.once('drain', more)
      }
      more()
    })
    await expect(service.call('describe', {})).rejects.toMatchObject({ code: 'service_garbage' })
  })

  test('that leads elsewhere is not followed', async () => {
    const reached: string[] = []
    const elsewhere = await rogue((request, response) => {
      reached.push(request.url ?? '')
      response.end(JSON.stringify(description()))
    })
    const { client: service } = await client((_request, response) => {
      response.writeHead(307, { location: `${elsewhere}/v1/service` })
      response.end()
    })
    await expect(service.call('describe', {}, { token: 'secret' })).rejects.toMatchObject({ code: 'service_offline' })
    expect(reached).toEqual([])
  })

  test('that does not come is a timeout', async () => {
    const { client: service, health } = await client(() => {})
    await expect(service.call('describe', {}, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'service_timeout' })
    expect(health).toEqual(['offline'])
  })

  test('is a decline or a fault where the service names one, and garbage where it names none', async () => {
    const problem = (code: string) => ({ type: 'about:blank', title: '', status: 400, code, detail: { domain: 'x.org' }, reference: '' })
    const refused = await client(says(problem('email_throwaway'), 400))
    expect(await refused.client.call('register', { email: 'a@x.org', locale: 'en' })).toEqual({
      ok: false,
      decline: { code: 'email_throwaway', detail: { domain: 'x.org' } },
    })
    const busy = await client(says(problem('service_busy'), 503))
    await expect(busy.client.call('describe', {})).rejects.toMatchObject({ code: 'service_busy' })
    const sealed = await client(says(problem('service_sealed'), 503))
    await expect(sealed.client.call('rates', {})).rejects.toMatchObject({ code: 'service_sealed' })
    expect(sealed.health).toEqual(['sealed'])
    // The service's own book: this wallet's is not closed for it.
    const damaged = await client(says(problem('database_damaged'), 500))
    await expect(damaged.client.call('rates', {})).rejects.toMatchObject({ code: 'service_sealed' })
    for (const body of [problem('made_up'), '<html>502</html>', {}]) {
      const { client: service } = await client(says(body, 502))
      await expect(service.call('describe', {})).rejects.toMatchObject({ code: 'service_garbage' })
    }
  })

  test('from nobody is offline', async () => {
    const service = createServiceClient({
      baseUrl: () => 'http://127.0.0.1:9',
      network: systemNetwork,
      clock: systemClock,
      onHealth: () => {},
    })
    await expect(service.call('describe', {})).rejects.toMatchObject({ code: 'service_offline' })
    const nowhere = createServiceClient({ baseUrl: () => undefined, network: systemNetwork, clock: systemClock, onHealth: () => {} })
    await expect(nowhere.call('describe', {})).rejects.toMatchObject({ code: 'service_offline' })
  })
})

test('path parameters are escaped, the rest is the query or the body', () => {
  expect(asked('GET', '/v1/orders/{code}', { code: '../operator?x=1#' })).toEqual({
    path: '/v1/orders/..%2Foperator%3Fx%3D1%23',
    body: undefined,
  })
  expect(asked('GET', '/v1/feed', { after: 3, waitMs: 0 })).toEqual({ path: '/v1/feed?after=3&waitMs=0', body: undefined })
  expect(asked('POST', '/v1/x/{id}/y', { id: 'a', text: 'b' })).toEqual({ path: '/v1/x/a/y', body: '{"text":"b"}' })
})

describe('the line to the service', () => {
  async function line(answer: RequestListener) {
    const clock = testClock()
    const url = await rogue(answer)
    return { clock, connection: createConnection({ baseUrl: () => url, network: systemNetwork, clock }) }
  }

  test('says that this clock is wrong when it is hours off, and right once it was put right', async () => {
    const { clock, connection } = await line((_request, response) => response.end(JSON.stringify(description())))
    await clock.moves(3 * 3_600_000)
    await connection.describe()
    expect(connection.status()).toBe('clock_wrong')
    await expect(connection.checkClock()).rejects.toMatchObject({ code: 'clock_wrong' })
    await clock.moves(-3 * 3_600_000)
    await connection.checkClock()
    expect(connection.status()).toBe('online')
  })

  test('bears a clock that is a little off', async () => {
    const { clock, connection } = await line((_request, response) => response.end(JSON.stringify(description())))
    await clock.moves(4 * 60_000)
    await connection.describe()
    await connection.checkClock()
    expect(connection.status()).toBe('online')
  })

  test('does not take a sealed service for one that it knows', async () => {
    const { connection } = await line(says(description({ serviceId: '' })))
    await expect(connection.describe()).rejects.toMatchObject({ code: 'service_sealed' })
    expect(connection.status()).toBe('sealed')
  })

  test('asks who it is once a minute and not at each call', async () => {
    let times = 0
    const { clock, connection } = await line((_request, response) => {
      times += 1
      response.end(JSON.stringify(description({ now: new Date(clock.now()).toISOString() })))
    })
    await connection.describe()
    await connection.describe()
    expect(times).toBe(1)
    await clock.moves(61_000)
    await connection.describe()
    expect(times).toBe(2)
  })
})
