import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RiskAlert } from '#contracts/wire/shapes.ts'
import { dayIn, monthOf } from '#core/limits/day.ts'
import type { Order } from '#core/payment/order.ts'
import { endOverdue } from '#service/features/risk/endOverdue.ts'
import {
  call,
  confirmation,
  get,
  holderOf,
  makeOrder,
  newDeviceKey,
  newId,
  registerHolder,
  secondToken,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

const dayMs = 86_400_000

let service: TestService
let lin: TestHolder

const operator = <T>(path: string, body?: object) =>
  get<T>(service, `/v1/operator/risk/${path}`, { token: service.operatorToken, ...(body ? { body } : {}) })
const pays = async (who: TestHolder, order: Order, value: string, id = newId()) => ({
  id,
  answer: await who.does('payment.confirm', confirmation(order, value), { id }),
})
const looks = (who: TestHolder, { code }: Order) =>
  get<{ asksFactor: boolean; decline: { code: string } | null; risk: { decision: string; reasons: { rule: string }[] } | null }>(
    service,
    `/v1/orders/${code}`,
    { token: who.token },
  )
async function alertsOf(who: TestHolder): Promise<ReadonlyMap<string, RiskAlert>> {
  const alerts = new Map<string, RiskAlert>()
  for (let after = 0; ; ) {
    const { rows, last } = await who.feed(after)
    for (const { n, event } of rows) {
      after = n
      if (event.type === 'risk') alerts.set(event.alert.id, event.alert)
    }
    if (after >= last) return alerts
  }
}
/** The state of a payment as the feed tells it at last. */
async function stateOf(who: TestHolder, id: string): Promise<string | undefined> {
  let state: string | undefined
  for (let after = 0; ; ) {
    const { rows, last } = await who.feed(after)
    for (const { n, event } of rows) {
      after = n
      if (event.type === 'payment' && event.payment.id === id) state = event.payment.state
    }
    if (after >= last) return state
  }
}
async function mailCode(who: TestHolder): Promise<string> {
  const { mails } = await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
  const codes = mails.flatMap(mail => (mail.to === who.email ? (/^ {4}(\d{6})$/m.exec(mail.text)?.[1] ?? []) : []))
  return codes[0] ?? ''
}
/** Signs the same person in on another computer. */
async function signsIn(who: TestHolder): Promise<TestHolder> {
  const key = newDeviceKey()
  const device = { publicKey: key.publicKey, name: 'Other computer', system: 'test', installation: randomBytes(32).toString('base64url') }
  const session = await get<{ token: string; deviceId: string; profile: { holderId: string } }>(service, '/v1/sessions', {
    body: { email: who.email, password: who.password, device },
  })
  return holderOf(service, { email: who.email, password: who.password, key, ...session })
}
const strangeShop = (n: number) => ({ shop: { id: `strange-${n}`, name: `Strange ${n}`, verified: false, sandbox: true } })

/** Two months in which small sums are paid at one shop, every other day. */
async function livesQuietly(): Promise<TestHolder> {
  const who = await registerHolder(service)
  await topUp(service, who, 'EUR', '20000.00')
  for (let day = 0; day < 60; day += 2) {
    await pays(who, await makeOrder(service, 'EUR', '20.00'), '20.00')
    service.moves(2 * dayMs)
  }
  return who
}

beforeAll(async () => {
  service = await startTestService()
  lin = await livesQuietly()
}, 120_000)
afterAll(() => service.stop())

describe('a payment', () => {
  it('that is as ever is paid without a question', async () => {
    const order = await makeOrder(service, 'EUR', '22.00')
    expect(await looks(lin, order)).toMatchObject({ asksFactor: false, risk: null })
    expect((await pays(lin, order, '22.00')).answer.ok).toBe(true)
    expect((await alertsOf(lin)).size).toBe(0)
  })

  it('that is unusual asks for a code, by mail where there is nothing better, says why, and is paid with it', async () => {
    const order = await makeOrder(service, 'EUR', '1500.00', strangeShop(1))
    const look = await looks(lin, order)
    expect(look).toMatchObject({ asksFactor: true, decline: null, risk: { decision: 'challenge' } })
    expect(look.risk?.reasons.map(({ rule }) => rule)).toContain('new_payee_large')
    const unproved = await pays(lin, order, '1500.00')
    expect(unproved.answer).toMatchObject({ ok: false, decline: { code: 'second_factor_required' } })
    expect((await alertsOf(lin)).get(unproved.id)).toMatchObject({ state: 'asked', shop: 'Strange 1', answer: null })
    const id = newId()
    const act = { kind: 'payment', commandId: id, ...confirmation(order, '1500.00') }
    const { challengeId, ways } = await get<{ challengeId: string; ways: string[] }>(service, '/v1/challenges', {
      body: { act },
      token: lin.token,
    })
    expect(ways).toEqual(['mail'])
    expect((await alertsOf(lin)).get(id)).toMatchObject({ state: 'asked', shop: 'Strange 1' })
    await get(service, `/v1/challenges/${challengeId}/code`, { body: {} })
    await get(service, `/v1/challenges/${challengeId}/answer`, { body: { way: 'mail', code: await mailCode(lin) } })
    expect((await pays(lin, order, '1500.00', id)).answer.ok).toBe(true)
    expect((await alertsOf(lin)).get(id)?.state).toBe('confirmed')
  })

  it('that was confirmed is usual from then on', async () => {
    const order = await makeOrder(service, 'EUR', '300.00', strangeShop(1))
    expect(await looks(lin, order)).toMatchObject({ asksFactor: false })
  })
})

describe('a payment that waits for an operator', () => {
  let mei: TestHolder
  let thief: TestHolder
  let id: string
  let before: bigint | undefined
  let order: Order
  const queue = async () => (await operator<{ cases: { id: string }[] }>('cases')).cases.map(one => one.id)
  const waits = async (n: number, value = '900.00') => {
    order = await makeOrder(service, 'EUR', value, strangeShop(n))
    before = await mei.available('EUR')
    const paid = await pays(thief, order, value)
    expect(paid.answer).toMatchObject({ ok: true, payment: { state: 'held' } })
    expect(await mei.available('EUR')).toBe((before ?? 0n) - order.minor)
    id = paid.id
  }

  beforeAll(async () => {
    mei = await livesQuietly()
    thief = await signsIn(mei)
  }, 60_000)

  it('has its money set aside, and its holder is told on every device and by mail', async () => {
    await waits(2)
    expect(await queue()).toEqual([id])
    expect((await alertsOf(mei)).get(id)).toMatchObject({ state: 'waiting', device: { name: 'Other computer' } })
    const { mails } = await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
    expect(mails.some(({ to, text }) => to === mei.email && /900\.00 to Strange 2/.test(text) && /set aside/.test(text))).toBe(true)
    const evidence = await operator<{ reasons: { rule: string; points: number }[]; score: number }>(`cases/${id}`)
    expect(evidence.score).toBe(evidence.reasons.reduce((sum, { points }) => sum + points, 0))
  })

  it('gives its money and its limits back where nobody decides in time', async () => {
    const day = dayIn('Asia/Singapore', service.ports.clock())
    const used = async () => {
      const uses = await service.ports.store.read(tx => tx.limits.used(mei.holderId, monthOf(day)))
      return uses.filter(use => use.day === day).reduce((sum, { eurMinor }) => sum + eurMinor, 0n)
    }
    expect(await used()).toBe(order.minor)
    service.moves(3 * dayMs)
    await endOverdue(service.ports)
    expect(await stateOf(mei, id)).toBe('voided')
    expect(await mei.available('EUR')).toBe(before)
    expect(await used()).toBe(0n)
    expect((await alertsOf(mei)).get(id)?.state).toBe('lapsed')
  })

  it('is noted upon and, where it is large, approved by two; then the shop has it', async () => {
    thief = await signsIn(mei)
    await waits(3, '1050.00')
    await operator(`cases/${id}/notes`, { text: 'rang her up' })
    expect(await operator(`cases/${id}`)).toMatchObject({ notes: [{ by: 'operator', text: 'rang her up' }] })
    const decides = (approve: boolean, token: string) =>
      call(service, `/v1/operator/risk/cases/${id}/decision`, { token, body: { approve } })
    const [first, second] = [service.operatorToken, secondToken]
    expect((await decides(true, first)).body).toEqual({ state: 'waiting', approvedBy: 'operator' })
    expect((await decides(true, first)).body['code']).toBe('second_operator')
    expect((await decides(true, second)).body).toMatchObject({ state: 'approved' })
    expect(await stateOf(mei, id)).toBe('captured')
    expect((await decides(false, first)).body['code']).toBe('risk_decided')
    expect(await queue()).toEqual([])
  })

  it('that was not the person is undone at a word: payments stop, the device is out, support is told', async () => {
    mei = lin
    thief = await signsIn(lin)
    await waits(4, '1700.00')
    const answer = await mei.does('risk.answer', { alertId: id, mine: false })
    expect(answer).toMatchObject({ ok: true, alert: { state: 'denied', answer: 'not_me' } })
    expect(await mei.available('EUR')).toBe(before)
    expect(await stateOf(mei, id)).toBe('voided')
    expect((await thief.sends('payment.confirm', confirmation(order, '1700.00'))).body['code']).toBe('device_revoked')
    const { answer: stopped } = await pays(mei, await makeOrder(service, 'EUR', '5.00'), '5.00')
    expect(stopped).toMatchObject({ ok: false, decline: { code: 'security_hold' } })
    const { questions } = await get<{ questions: { about: string }[] }>(service, '/v1/operator/questions', { token: service.operatorToken })
    expect(questions.map(({ about }) => about)).toContain(`risk ${id}`)
    expect(await mei.does('risk.answer', { alertId: id, mine: true })).toMatchObject({ ok: false, decline: { code: 'risk_answered' } })
    const acts = await service.ports.store.read(tx => tx.audit.page(0, 1_000))
    expect(acts.map(({ act }) => act)).toEqual(expect.arrayContaining(['risk.noted', 'risk.approved', 'risk.denied', 'device.revoked']))
  })
})

describe('a rule set', () => {
  it('in the shadow tells where it would have decided otherwise, and decides once an operator says so', async () => {
    const before = await operator<{ active: number; shadow: number }>('shadow')
    expect(before).toMatchObject({ active: 1, shadow: 2 })
    expect(await operator('rule-sets', { version: 2, role: 'active' })).toEqual({ active: 2, shadow: 2 })
    const unknown = await call(service, '/v1/operator/risk/rule-sets', {
      token: service.operatorToken,
      body: { version: 99, role: 'active' },
    })
    expect(unknown.body['code']).toBe('not_found')
  })
})
