import { afterEach, describe, expect, test } from 'vitest'
import { confirmation, makeOrder, newId, registerHolder, startTestService, type TestService, topUp } from '../support/service.ts'

let running: TestService[] = []
afterEach(async () => {
  for (const service of running) await service.stop()
  running = []
})

async function started(options: Parameters<typeof startTestService>[0] = {}): Promise<TestService> {
  const service = await startTestService(options)
  running.push(service)
  return service
}

async function metricsOf(service: TestService, token?: string): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(`${service.url}/metrics`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() }
}

/** The value of one line of the text format. */
const numberOf = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find(said => said.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

describe('/metrics', () => {
  test('counts commands by type and outcome, refusals by code, and times requests by route', async () => {
    const service = await started()
    const lin = await registerHolder(service)
    await topUp(service, lin, 'EUR', '50.00')
    const order = await makeOrder(service, 'EUR', '20.00')
    await lin.does('payment.confirm', confirmation(order, '20.00'))
    const dear = await makeOrder(service, 'EUR', '40.00')
    await lin.does('payment.confirm', confirmation(dear, '40.00'))
    expect((await lin.sends('payment.confirm', confirmation(dear, '40.00'), { id: newId(), signature: 'A'.repeat(86) })).status).toBe(401)
    const { status, type, text } = await metricsOf(service)
    expect([status, type]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)])
    expect(numberOf(text, 'okpay_commands_total{type="payment.confirm",outcome="done"}')).toBe(1)
    expect(numberOf(text, 'okpay_commands_total{type="payment.confirm",outcome="insufficient_funds"}')).toBe(1)
    expect(numberOf(text, 'okpay_declines_total{code="insufficient_funds"}')).toBe(1)
    expect(numberOf(text, 'okpay_declines_total{code="signature_invalid"}')).toBe(1)
    const commands = 'okpay_http_request_seconds_count{route="/v1/commands",method="POST",status="200"}'
    expect(numberOf(text, commands)).toBeGreaterThanOrEqual(3)
    expect(numberOf(text, 'okpay_commit_writes_count')).toBeGreaterThan(3)
    expect(numberOf(text, 'okpay_waiting_changes')).toBe(0)
    expect(numberOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
    for (const secret of [lin.email, lin.holderId, lin.token, order.code]) expect(text).not.toContain(secret)
  })

  test('says who waits for news', async () => {
    const service = await started()
    const lin = await registerHolder(service)
    const { last } = await lin.feed()
    const waiting = lin.feed(last, 20_000)
    await expect.poll(async () => numberOf((await metricsOf(service)).text, 'okpay_waiters')).toBe(1)
    await lin.does('currencies.open', { currencies: ['EUR'] })
    await waiting
    expect(numberOf((await metricsOf(service)).text, 'okpay_waiters')).toBe(0)
  })

  test.each([{ publicUrl: 'https://pay.example' }, { host: '0.0.0.0' }])(
    'is the operator’s alone where others reach the service: %o',
    async config => {
      const service = await started({ config })
      const port = new URL(service.url).port
      const at = { ...service, url: `http://127.0.0.1:${port}` }
      expect(await metricsOf(at)).toMatchObject({ status: 401, text: expect.stringContaining('not_signed_in') })
      const lin = await registerHolder(at)
      expect((await metricsOf(at, lin.token)).status).toBe(401)
      expect((await metricsOf(at, service.operatorToken)).status).toBe(200)
    },
  )
})

test('a change that finds the line full is told to come again, and is done once it does', async () => {
  const service = await started({ mostChanges: 2 })
  const lin = await registerHolder(service)
  let goOn = (): void => undefined
  const held = new Promise<void>(done => {
    goOn = done
  })
  const blocking = service.ports.store.write(async () => {
    await held
  })
  const first = [lin.does('currencies.open', { currencies: ['EUR'] }), lin.does('currencies.open', { currencies: ['JPY'] })]
  await expect.poll(async () => numberOf((await metricsOf(service)).text, 'okpay_waiting_changes')).toBe(2)
  const id = newId()
  const away = await lin.sends('currencies.open', { currencies: ['KWD'] }, { id })
  expect([away.status, away.headers.get('retry-after'), away.headers.get('content-type')]).toEqual([
    429,
    '1',
    expect.stringMatching(/problem\+json/),
  ])
  expect(away.body).toMatchObject({ code: 'service_busy', status: 429 })
  goOn()
  await blocking
  for (const answer of await Promise.all(first)) expect(answer.ok).toBe(true)
  expect((await lin.does('currencies.open', { currencies: ['KWD'] }, { id })).ok).toBe(true)
  const { text } = await metricsOf(service)
  expect([numberOf(text, 'okpay_turned_away_total'), numberOf(text, 'okpay_waiting_changes')]).toEqual([1, 0])
})
