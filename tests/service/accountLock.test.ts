import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountLocksWire } from '#contracts/wire/accountLock.ts'
import {
  call,
  confirmation,
  get,
  makeOrder,
  registerHolder,
  secondToken,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

const dayMs = 86_400_000

let service: TestService
beforeAll(async () => {
  service = await startTestService()
}, 60_000)
afterAll(() => service.stop())

const post = <T>(who: TestHolder, path: string, body: object = {}) => get<T>(service, path, { token: who.token, body })
const freeze = (who: TestHolder) => post<AccountLocksWire>(who, '/v1/account-lock')
const locksOf = (who: TestHolder) => get<AccountLocksWire>(service, '/v1/account-lock', { token: who.token })
const operate = (path: string, body: object, token = service.operatorToken) =>
  call(service, `/v1/operator/account-locks${path}`, { body, token })

async function mailsTo({ email }: TestHolder) {
  const { mails } = await get<{ mails: { to: string; subject: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
  return mails.filter(({ to }) => to === email)
}

/** What becomes of a payment of one euro, asked for now. */
async function pays(who: TestHolder): Promise<string> {
  const answer = await who.does('payment.confirm', confirmation(await makeOrder(service, 'EUR', '1.00'), '1.00'))
  return answer.ok ? 'paid' : answer.decline.code
}

async function richHolder(): Promise<TestHolder> {
  const holder = await registerHolder(service)
  await topUp(service, holder, 'EUR', '90.00')
  return holder
}

type Asked = { readonly challengeId: string; readonly ways: readonly string[] }
const asks = (who: TestHolder) => post<Asked>(who, '/v1/challenges', { act: { kind: 'unfreeze' } })

/** Answers by the code that is mailed. */
async function provesByMail(who: TestHolder): Promise<string> {
  const { challengeId, ways } = await asks(who)
  expect(ways).toEqual(['mail'])
  await post(who, `/v1/challenges/${challengeId}/code`)
  const sent = (await mailsTo(who)).find(({ text }) => text.includes('unlocking the account that you froze'))
  const code = /\b\d{6}\b/.exec(sent?.text ?? '')?.[0]
  await post(who, `/v1/challenges/${challengeId}/answer`, { way: 'mail', code })
  return challengeId
}

/** Turns an authenticator app on; answers how a code of it proves an act. */
async function withApp(who: TestHolder): Promise<() => Promise<string>> {
  const { secret } = await post<{ secret: string }>(who, '/v1/second-factor/app')
  const code = () => generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) })
  await post(who, '/v1/second-factor/app/confirmation', { code: code() })
  return async () => {
    service.moves(30_000)
    const { challengeId, ways } = await asks(who)
    expect(ways).toEqual(['app', 'recovery'])
    await post(who, `/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })
    return challengeId
  }
}

const unfreeze = ({ token, password }: TestHolder, proof: string | null, typed = password) =>
  call(service, '/v1/account-lock/removal', { token, body: { password: typed, proof } })

describe('an account that its person froze', () => {
  it('lets no money out from then on, and money in, help and the feed go on; each state is dated and told', async () => {
    const lin = await richHolder()
    const { last } = await lin.feed()
    const at = new Date(service.ports.clock()).toISOString()
    expect((await freeze(lin)).standing).toMatchObject([{ by: 'holder', reason: 'asked', since: at, steps: [{ step: 'set', at }] }])
    expect(await pays(lin)).toBe('account_locked')
    const order = await makeOrder(service, 'EUR', '1.00')
    const review = await get<{ decline: unknown }>(service, `/v1/orders/${order.code}`, { token: lin.token })
    expect(review.decline).toMatchObject({ code: 'account_locked', detail: { since: at, reason: 'asked' } })

    const before = (await lin.available('EUR')) ?? 0n
    await topUp(service, lin, 'EUR', '5.00')
    expect(await lin.available('EUR')).toBe(before + 500n)
    expect(await lin.does('question.ask', { about: 'a', text: 'b' })).toMatchObject({ ok: true })
    const told = (await lin.feed(last)).rows.flatMap(({ event }) => (event.type === 'profile' ? [event.profile.securityHoldSince] : []))
    expect(told).toEqual([at])
    expect((await mailsTo(lin)).filter(({ subject }) => subject === 'Your account is frozen')).toHaveLength(1)
    await freeze(lin)
    expect((await mailsTo(lin)).filter(({ subject }) => subject === 'Your account is frozen')).toHaveLength(1)
  })

  it('is unlocked at once by password and an app that was on before', async () => {
    const lin = await richHolder()
    const proves = await withApp(lin)
    service.moves(1_000)
    expect((await freeze(lin)).unlockBy).toBe('factor')
    expect(await unfreeze(lin, null)).toMatchObject({ status: 403, body: { code: 'second_factor_required' } })
    expect(await unfreeze(lin, await proves(), 'wrong words of mine')).toMatchObject({ status: 401, body: { code: 'credentials_wrong' } })
    expect(await unfreeze(lin, await proves())).toMatchObject({ status: 200, body: { standing: [], unlockBy: null } })
    expect(await pays(lin)).toBe('paid')
    expect((await locksOf(lin)).past).toMatchObject([{ steps: [{ step: 'set' }, { step: 'lifted' }] }])
    expect(await unfreeze(lin, await provesByMail(lin))).toMatchObject({ status: 404 })
  })

  it('is unlocked after a day by password and a code by mail, which an app that was set up since does not shorten', async () => {
    const lin = await richHolder()
    await freeze(lin)
    service.moves(1_000)
    await withApp(lin)
    expect((await locksOf(lin)).unlockBy).toBe('mail')
    const opensAt = new Date(service.ports.clock() + dayMs).toISOString()
    expect(await unfreeze(lin, await provesByMail(lin))).toMatchObject({ status: 200, body: { standing: [{ opensAt }] } })
    service.moves(dayMs - 1)
    expect(await pays(lin)).toBe('account_locked')
    service.moves(1)
    expect(await pays(lin)).toBe('paid')
    expect(await locksOf(lin)).toMatchObject({ standing: [], past: [{ liftedAt: opensAt }] })
    await expect.poll(async () => (await mailsTo(lin)).map(({ subject }) => subject)).toContain('Your account is unlocked')
  })

  it('stays frozen where the person freezes it again while it waits to open', async () => {
    const lin = await richHolder()
    await freeze(lin)
    await unfreeze(lin, await provesByMail(lin))
    const again = await freeze(lin)
    expect(again.standing).toMatchObject([{ opensAt: null, steps: [{ step: 'set' }, { step: 'opening' }, { step: 'stopped' }] }])
    service.moves(2 * dayMs)
    expect(await pays(lin)).toBe('account_locked')
  })
})

describe('the link of a mail', () => {
  /** The page of the link in the newest mail that has one. */
  async function linkTo(who: TestHolder): Promise<string> {
    const url = (await mailsTo(who)).flatMap(({ text }) => /http\S+\/mail\/freeze\/\S+/.exec(text)?.[0] ?? [])[0]
    if (url === undefined) throw new Error('no mail has a link')
    return url
  }
  const asksFor = (url: string, method: 'GET' | 'POST') => fetch(url, { method, headers: { 'accept-language': 'en' } })

  it('freezes at a press and not by being opened, once, and never unlocks', async () => {
    const lin = await richHolder()
    await withApp(lin)
    const url = await linkTo(lin)
    const page = await asksFor(url, 'GET')
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Freeze my account')])
    expect(await pays(lin)).toBe('paid')
    expect((await asksFor(url, 'POST')).status).toBe(200)
    expect(await pays(lin)).toBe('account_locked')
    expect((await locksOf(lin)).standing).toMatchObject([{ reason: 'mail_link' }])
    expect((await asksFor(url, 'POST')).status).toBe(404)
    expect((await asksFor(url, 'GET')).status).toBe(404)
    const kept = await service.ports.store.read(tx => tx.audit.page(0, 10_000))
    expect(JSON.stringify(kept)).not.toContain(url.split('/').at(-1))
  })

  it('is nothing after its time, nor with another token', async () => {
    const lin = await richHolder()
    await withApp(lin)
    const url = await linkTo(lin)
    expect((await asksFor(url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A'), 'POST')).status).toBe(404)
    service.moves(14 * dayMs)
    expect((await asksFor(url, 'POST')).status).toBe(404)
    expect(await pays(lin)).toBe('paid')
  })
})

describe('an account that the service locked', () => {
  it('is unlocked by two operators and by nobody else, and the frozen one stays frozen', async () => {
    const lin = await richHolder()
    const { email } = lin
    expect(await operate('', { email, reason: 'risk' })).toMatchObject({
      status: 200,
      body: { locks: [{ by: 'service', reason: 'risk' }] },
    })
    expect(await pays(lin)).toBe('security_hold')
    expect(await unfreeze(lin, await provesByMail(lin))).toMatchObject({ status: 403, body: { code: 'security_hold' } })
    await freeze(lin)
    expect(await pays(lin)).toBe('security_hold')
    expect(await operate('/removal', { email })).toMatchObject({ status: 200, body: { locks: [{}, {}] } })
    expect(await operate('/removal', { email })).toMatchObject({ status: 409, body: { code: 'second_operator_required' } })
    // Whoever locks again takes back what was agreed to.
    await operate('', { email, reason: 'risk' })
    expect(await operate('/removal', { email }, secondToken)).toMatchObject({ status: 200 })
    expect(await pays(lin)).toBe('security_hold')
    expect(await operate('/removal', { email })).toMatchObject({ status: 200 })
    expect(await pays(lin)).toBe('account_locked')
    expect(await operate('/removal', { email }, secondToken)).toMatchObject({ status: 404 })

    const { steps = [] } = (await locksOf(lin)).past[0] ?? {}
    expect(steps.map(({ step }) => step)).toEqual(['set', 'agreed', 'stopped', 'agreed', 'lifted'])
    expect(JSON.stringify(await locksOf(lin))).not.toContain('operator')
    const desk = await call(service, `/v1/operator/account-locks?${new URLSearchParams({ email })}`, { token: secondToken })
    expect(desk.body['locks']).toHaveLength(2)
  })
})
