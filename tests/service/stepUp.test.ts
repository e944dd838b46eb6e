import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  call,
  confirmation,
  get,
  makeOrder,
  newDeviceKey,
  newId,
  registerHolder,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

let service: TestService
let lin: TestHolder
let secret: string

const code = () => generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) })
const post = <T>(path: string, body: object) => get<T>(service, path, { body: { ...body }, token: lin.token })

beforeAll(async () => {
  service = await startTestService()
  lin = await registerHolder(service)
  await topUp(service, lin, 'EUR', '9000.00')
  secret = (await post<{ secret: string }>('/v1/second-factor/app', {})).secret
  await post('/v1/second-factor/app/confirmation', { code: code() })
}, 60_000)
afterAll(() => service.stop())

type Confirmation = ReturnType<typeof confirmation>

/** Proves a payment under this id. */
async function proves(commandId: string, body: Confirmation): Promise<void> {
  service.moves(30_000)
  const { challengeId } = await post<{ challengeId: string }>('/v1/challenges', { act: { kind: 'payment', commandId, ...body } })
  expect(await post(`/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })).toEqual({ state: 'proved' })
}

const declineOf = async (body: Confirmation, id = newId()) => {
  const answer = await lin.does('payment.confirm', body, { id })
  return answer.ok ? 'paid' : answer.decline.code
}

describe('a payment above the line', () => {
  it('is told beforehand, refused without a proof, and done with one', async () => {
    const order = await makeOrder(service, 'EUR', '1200.00')
    expect(await get(service, `/v1/orders/${order.code}`, { token: lin.token })).toMatchObject({ decline: null, asksFactor: true })
    const before = await lin.available('EUR')
    expect(await declineOf(confirmation(order, '1200.00'))).toBe('second_factor_required')
    expect(await lin.available('EUR')).toBe(before)
    const id = newId()
    await proves(id, confirmation(order, '1200.00'))
    expect(await declineOf(confirmation(order, '1200.00'), id)).toBe('paid')
  })

  it('takes no proof of another command, shop, amount or person', async () => {
    const order = await makeOrder(service, 'EUR', '1100.00')
    const other = await makeOrder(service, 'EUR', '1100.00')
    const body = confirmation(order, '1100.00')
    const id = newId()
    await proves(id, confirmation(other, '1100.00'))
    expect(await declineOf(body, id)).toBe('second_factor_required')
    const second = newId()
    await proves(second, { ...body, total: { currency: 'EUR', value: '1099.00' } })
    expect(await declineOf(body, second)).toBe('second_factor_required')
    const third = newId()
    await proves(newId(), body)
    expect(await declineOf(body, third)).toBe('second_factor_required')
  })

  it('at the line and below it asks for nothing', async () => {
    const order = await makeOrder(service, 'EUR', '1000.00')
    expect(await get(service, `/v1/orders/${order.code}`, { token: lin.token })).toMatchObject({ asksFactor: false })
    expect(await declineOf(confirmation(order, '1000.00'))).toBe('paid')
  })

  it('asks nobody who has no second factor', async () => {
    const wei = await registerHolder(service)
    await topUp(service, wei, 'EUR', '1500.00')
    const order = await makeOrder(service, 'EUR', '1200.00')
    expect((await wei.does('payment.confirm', confirmation(order, '1200.00'))).ok).toBe(true)
  })
})

describe('a wish for a higher limit', () => {
  it('is proved like a payment', async () => {
    const wish = { kind: 'per_day', amount: { currency: 'EUR', value: '9000.00' }, reason: 'a car' } as const
    expect(await lin.does('limit.ask_raise', wish)).toMatchObject({ ok: false, decline: { code: 'second_factor_required' } })
    const id = newId()
    service.moves(30_000)
    const act = { kind: 'limit', commandId: id, limit: wish.kind, amount: wish.amount }
    const { challengeId } = await post<{ challengeId: string }>('/v1/challenges', { act })
    await post(`/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })
    expect(await lin.does('limit.ask_raise', wish, { id })).toMatchObject({ ok: true })
  })
})

describe('signing another device out', () => {
  it('is proved like a payment, for that device alone', async () => {
    const { publicKey } = newDeviceKey()
    const device = { publicKey, name: 'Phone 手机', system: 'test' }
    const { email, password } = lin
    const begun = await post<{ challenge: { challengeId: string } }>('/v1/sessions', { email, password, device })
    service.moves(30_000)
    const answered = await post<{ session: { deviceId: string } }>(`/v1/challenges/${begun.challenge.challengeId}/answer`, {
      ...{ way: 'app', code: code() },
    })
    const { deviceId } = answered.session
    expect(await lin.does('device.revoke', { deviceId })).toMatchObject({ ok: false, decline: { code: 'second_factor_required' } })
    const id = newId()
    const prove = async (named: string) => {
      service.moves(30_000)
      const act = { kind: 'device', commandId: id, deviceId: named }
      const { challengeId } = await post<{ challengeId: string }>('/v1/challenges', { act })
      await post(`/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })
    }
    await prove(deviceId)
    expect(await lin.does('device.revoke', { deviceId }, { id })).toMatchObject({ ok: true, device: { name: 'Phone 手机' } })
  })
})

describe('a challenge', () => {
  it('names in its mail what is approved, and to whom the money goes', async () => {
    const { challengeId } = await post<{ challengeId: string }>('/v1/challenges', { act: { kind: 'mail_on' } })
    service.moves(30_000)
    await post(`/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })
    await post('/v1/second-factor/mail', { proof: challengeId })
    const shop = { id: 'shop-lamp', name: 'Lamps 灯', verified: true, sandbox: true }
    const order = await makeOrder(service, 'EUR', '1300.00', { shop })
    const act = { kind: 'payment', commandId: newId(), ...confirmation(order, '1300.00') }
    const asked = await post<{ challengeId: string; ways: string[] }>('/v1/challenges', { act })
    expect(asked.ways).toEqual(['app', 'recovery', 'mail'])
    // Mails of one instant have no order, and the newest is wanted.
    service.moves(1_000)
    await post(`/v1/challenges/${asked.challengeId}/code`, {})
    const { mails } = await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
    // Two mails of one instant stand in any order.
    const text = mails.flatMap(mail => (mail.to === lin.email ? [mail.text] : [])).join('\n')
    expect(text).toMatch(/1,300\.00.* to Lamps 灯/)
  })

  it('that nobody began is answered by nobody', async () => {
    const reply = await call(service, `/v1/challenges/${'A'.repeat(43)}/answer`, { body: { way: 'app', code: '123456' } })
    expect(reply.body['code']).toBe('not_found')
  })
})
