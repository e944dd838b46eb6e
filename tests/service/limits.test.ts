import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Limit } from '#contracts/wire/shapes.ts'
import {
  call,
  confirmation,
  get,
  makeOrder,
  registerHolder,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

let service: TestService
beforeAll(async () => {
  service = await startTestService()
}, 60_000)
afterAll(() => service.stop())

const setLimit = (email: string, kind: string, value: string, currency = 'EUR') =>
  get<{ limits: Limit[] }>(service, '/v1/operator/limits', {
    body: { email, kind, amount: { currency, value } },
    token: service.operatorToken,
  })

async function pays(holder: TestHolder, currency: 'EUR' | 'CNY' | 'KWD' | 'USDC', value: string): Promise<string> {
  const order = await makeOrder(service, currency, value)
  const answer = await holder.does('payment.confirm', confirmation(order, value))
  return answer.ok ? 'paid' : answer.decline.code
}

const requestsOf = async ({ email }: TestHolder) =>
  (await get<{ requests: { email: string }[] }>(service, '/v1/operator/limit-requests', { token: service.operatorToken })).requests.filter(
    request => request.email === email,
  )

const mailsTo = async (email: string) =>
  (await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')).mails.filter(mail => mail.to === email)

const limitsOf = async (holder: TestHolder): Promise<readonly Limit[]> => {
  const event = (await holder.feed()).rows.findLast(row => row.event.type === 'limits')?.event
  return event?.type === 'limits' ? event.limits : []
}

describe('the limit of a day', () => {
  it('is used up by payments of every currency at reference rates, and says when it frees up', async () => {
    const lin = await registerHolder(service, { timeZone: 'Asia/Shanghai' })
    await topUp(service, lin, 'EUR', '500.00')
    await topUp(service, lin, 'CNY', '3000.00')
    await setLimit(lin.email, 'per_day', '100.00')
    expect(await pays(lin, 'EUR', '60.00')).toBe('paid')
    expect(await pays(lin, 'CNY', '400.00')).toBe('over_daily_limit')
    const order = await makeOrder(service, 'EUR', '40.01')
    expect(await lin.does('payment.confirm', confirmation(order, '40.01'))).toMatchObject({
      decline: {
        code: 'over_daily_limit',
        detail: { currency: 'EUR', limit: '100.00', used: '60.00', left: '40.00', at: '2026-11-22T16:00:00.000Z' },
      },
    })
    expect((await limitsOf(lin))[1]).toMatchObject({
      used: { value: '60.00' },
      left: { value: '40.00' },
      freesUpAt: '2026-11-22T16:00:00.000Z',
    })
    expect(await pays(lin, 'EUR', '40.00')).toBe('paid')
  })

  it('frees up at midnight where the holder lives, and not before', async () => {
    const lin = await registerHolder(service, { timeZone: 'Asia/Shanghai' })
    await topUp(service, lin, 'EUR', '500.00')
    await setLimit(lin.email, 'per_day', '50.00')
    expect(await pays(lin, 'EUR', '50.00')).toBe('paid')
    service.moves(12 * 3_600_000 - 1)
    expect(await pays(lin, 'EUR', '1.00')).toBe('over_daily_limit')
    service.moves(1)
    expect(await pays(lin, 'EUR', '50.00')).toBe('paid')
  })

  it('is never passed, however many payments are confirmed at once', async () => {
    const lin = await registerHolder(service)
    await topUp(service, lin, 'EUR', '500.00')
    await setLimit(lin.email, 'per_day', '50.00')
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => pays(lin, 'EUR', '20.00')))
    expect(outcomes.filter(outcome => outcome === 'paid')).toHaveLength(2)
    expect(outcomes.filter(outcome => outcome === 'over_daily_limit')).toHaveLength(6)
  })

  it('does not promise tomorrow for what no day allows', async () => {
    const lin = await registerHolder(service)
    await topUp(service, lin, 'EUR', '500.00')
    await setLimit(lin.email, 'per_day', '50.00')
    const order = await makeOrder(service, 'EUR', '60.00')
    const answer = await lin.does('payment.confirm', confirmation(order, '60.00'))
    expect(answer).toMatchObject({ decline: { code: 'over_daily_limit' } })
    expect(answer.ok ? {} : answer.decline.detail).not.toHaveProperty('at')
  })
})

describe('asking for more', () => {
  it('is kept and told, one wish at a time, and answered when an operator sets the limit', async () => {
    const lin = await registerHolder(service)
    const ask = (value: string) =>
      lin.does('limit.ask_raise', { kind: 'per_payment', amount: { currency: 'EUR', value }, reason: 'A piano' })
    expect(await ask('3500.00')).toMatchObject({ ok: true, limit: { kind: 'per_payment', requested: { amount: { value: '3500.00' } } } })
    expect(await ask('4000.00')).toMatchObject({ ok: false, decline: { code: 'limit_request_open' } })
    expect(await requestsOf(lin)).toMatchObject([
      { kind: 'per_payment', limit: { value: '2000.00' }, amount: { value: '3500.00' }, reason: 'A piano' },
    ])
    await setLimit(lin.email, 'per_payment', '3000.00')
    expect((await limitsOf(lin))[0]).toMatchObject({ amount: { value: '3000.00' }, requested: null })
    expect(await requestsOf(lin)).toEqual([])
    await setLimit(lin.email, 'per_payment', '3500.00')
    const told = (await mailsTo(lin.email)).filter(({ text }) => text.includes('€3,500.00'))
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('€3,000.00')])
  })

  it('is refused with a reason, which the person reads in the app and by mail', async () => {
    const lin = await registerHolder(service)
    const refuse = () =>
      call(service, '/v1/operator/limit-requests/refuse', {
        body: { email: lin.email, kind: 'per_day', reason: 'Please send us the invoice first.' },
        token: service.operatorToken,
      })
    expect((await refuse()).body['code']).toBe('not_found')
    await lin.does('limit.ask_raise', { kind: 'per_day', amount: { currency: 'EUR', value: '9000.00' }, reason: 'x' })
    expect((await refuse()).status).toBe(200)
    expect((await limitsOf(lin))[1]).toMatchObject({
      requested: null,
      answered: { asked: { value: '9000.00' }, amount: null, reason: 'Please send us the invoice first.' },
    })
    expect((await mailsTo(lin.email)).filter(({ text }) => text.includes('Please send us the invoice first.'))).toHaveLength(1)
    expect(await requestsOf(lin)).toEqual([])
  })

  it('is refused for what is no raise', async () => {
    const lin = await registerHolder(service)
    const answer = await lin.does('limit.ask_raise', { kind: 'per_payment', amount: { currency: 'EUR', value: '1999.00' }, reason: 'x' })
    expect(answer).toMatchObject({ ok: false, decline: { code: 'amount_invalid', detail: { min: '2000.01' } } })
  })

  it('may be said in another currency, and counts in euro', async () => {
    const lin = await registerHolder(service)
    const answer = await lin.does('limit.ask_raise', { kind: 'per_day', amount: { currency: 'JPY', value: '5000000' }, reason: 'x' })
    expect(answer).toMatchObject({ ok: true, limit: { requested: { amount: { currency: 'EUR' } } } })
  })
})

describe('the limit of a month', () => {
  it('counts every day of it where the holder lives, and frees up with the next one', async () => {
    const lin = await registerHolder(service, { timeZone: 'Asia/Shanghai' })
    await topUp(service, lin, 'EUR', '500.00')
    await setLimit(lin.email, 'per_month', '100.00')
    expect(await pays(lin, 'EUR', '60.00')).toBe('paid')
    service.moves(86_400_000)
    const order = await makeOrder(service, 'EUR', '40.01')
    const ends = '2026-11-30T16:00:00.000Z'
    expect(await lin.does('payment.confirm', confirmation(order, '40.01'))).toMatchObject({
      decline: { code: 'over_monthly_limit', detail: { limit: '100.00', used: '60.00', left: '40.00', at: ends } },
    })
    service.moves(Date.parse(ends) - service.ports.clock())
    expect(await pays(lin, 'EUR', '100.00')).toBe('paid')
  })
})

describe('the limit of what leaves in crypto', () => {
  it('is less than that of all, and counts that alone', async () => {
    const lin = await registerHolder(service)
    await topUp(service, lin, 'EUR', '2000.00')
    await lin.does('currencies.open', { currencies: ['USDC'] })
    expect(await pays(lin, 'EUR', '1500.00')).toBe('paid')
    const order = await makeOrder(service, 'USDC', '1100.000000')
    expect(await lin.does('payment.confirm', confirmation(order, '1100.000000'))).toMatchObject({
      decline: { code: 'over_payment_limit', detail: { rail: 'crypto', limit: '1000.00' } },
    })
    expect(await pays(lin, 'USDC', '900.000000')).toBe('insufficient_funds')
    expect((await limitsOf(lin)).find(({ kind, rail }) => kind === 'per_day' && rail === 'crypto')).toMatchObject({
      used: { value: '0.00' },
    })
  })
})

describe('a limit of one’s own', () => {
  const own = (holder: TestHolder, value: string) => holder.does('limit.set', { kind: 'per_payment', amount: { currency: 'EUR', value } })

  it('falls at once, rises a day later, and never above what the holder may have', async () => {
    const lin = await registerHolder(service)
    await topUp(service, lin, 'EUR', '500.00')
    expect(await own(lin, '2000.01')).toMatchObject({ decline: { code: 'amount_invalid', detail: { max: '2000.00' } } })
    expect(await own(lin, '50.00')).toMatchObject({ limit: { amount: { value: '50.00' }, most: { value: '2000.00' }, waiting: null } })
    expect(await pays(lin, 'EUR', '50.01')).toBe('over_payment_limit')
    const at = new Date(service.ports.clock() + 86_400_000).toISOString()
    expect(await own(lin, '2000.00')).toMatchObject({
      limit: { amount: { value: '50.00' }, waiting: { amount: { value: '2000.00' }, at } },
    })
    service.moves(86_400_000 - 1)
    expect(await pays(lin, 'EUR', '50.01')).toBe('over_payment_limit')
    service.moves(1)
    expect(await pays(lin, 'EUR', '50.01')).toBe('paid')
    expect((await limitsOf(lin))[0]).toMatchObject({ amount: { value: '2000.00' }, waiting: null })
  })

  it('gives way a day after an operator granted more', async () => {
    const lin = await registerHolder(service)
    await own(lin, '50.00')
    await lin.does('limit.ask_raise', { kind: 'per_payment', amount: { currency: 'EUR', value: '3000.00' }, reason: 'x', source: 'sale' })
    expect(await requestsOf(lin)).toMatchObject([{ source: 'sale' }])
    await setLimit(lin.email, 'per_payment', '3000.00')
    expect((await limitsOf(lin))[0]).toMatchObject({
      amount: { value: '50.00' },
      most: { value: '3000.00' },
      waiting: { amount: { value: '3000.00' } },
    })
  })
})

describe('a holder who travels', () => {
  it('gains no second day, and counts by the new midnight afterwards', async () => {
    const lin = await registerHolder(service, { timeZone: 'America/Los_Angeles' })
    await topUp(service, lin, 'EUR', '500.00')
    await setLimit(lin.email, 'per_day', '50.00')
    expect(await pays(lin, 'EUR', '50.00')).toBe('paid')
    // It is tomorrow in Shanghai already, by whatever hour this story stands at.
    expect(await lin.does('limit.move_day', { timeZone: 'Nowhere/Town' })).toMatchObject({ decline: { code: 'input_invalid' } })
    const moved = await lin.does('limit.move_day', { timeZone: 'Asia/Shanghai' })
    expect(moved).toMatchObject({ ok: true, limit: { kind: 'per_day', used: { value: '50.00' } } })
    expect(await pays(lin, 'EUR', '0.01')).toBe('over_daily_limit')
    await lin.does('limit.move_day', { timeZone: 'Pacific/Kiritimati' })
    expect(await pays(lin, 'EUR', '0.01')).toBe('over_daily_limit')
    const freesUpAt = Date.parse((await limitsOf(lin)).find(({ kind, rail }) => kind === 'per_day' && rail === null)?.freesUpAt ?? '')
    service.moves(freesUpAt - service.ports.clock() - 1)
    expect(await pays(lin, 'EUR', '0.01')).toBe('over_daily_limit')
    service.moves(1)
    expect(await pays(lin, 'EUR', '50.00')).toBe('paid')
  })
})

it('a currency that the central bank does not list is measured on the safe side', async () => {
  const lin = await registerHolder(service)
  await topUp(service, lin, 'EUR', '10.00')
  await lin.does('currencies.open', { currencies: ['KWD'] })
  expect(await pays(lin, 'KWD', '661.000')).toBe('over_payment_limit')
  expect(await pays(lin, 'KWD', '6.000')).toBe('insufficient_funds')
})

it('setting a limit for nobody, or to nothing, is refused', async () => {
  const ask = (body: unknown) => call(service, '/v1/operator/limits', { body, token: service.operatorToken })
  const amount = { currency: 'EUR', value: '10.00' }
  expect((await ask({ email: 'nobody@okpay.example', kind: 'per_day', amount })).body['code']).toBe('not_found')
  expect((await ask({ email: 'nobody@okpay.example', kind: 'per_day', amount: { currency: 'EUR', value: '0' } })).status).toBe(400)
})
