import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDecimal } from '#core/money/amount.ts'
import {
  confirmation,
  get,
  makeOrder,
  newId,
  registerHolder,
  secondToken,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

let service: TestService
let lin: TestHolder

beforeAll(async () => {
  service = await startTestService()
  lin = await registerHolder(service)
  await topUp(service, lin, 'EUR', '500.00')
}, 60_000)
afterAll(() => service.stop())

const operator = (path: string, body: unknown) => get(service, path, { body, token: service.operatorToken })
const codeOf = (answer: Awaited<ReturnType<TestHolder['does']>>) => (answer.ok ? 'paid' : answer.decline.code)

describe('a payment', () => {
  it('moves the amount to the shop less its fee of one percent, and nothing on top from the payer', async () => {
    const before = (await lin.available('EUR')) ?? 0n
    const order = await makeOrder(service, 'EUR', '24.90', { shop: { id: 'shop-fee', name: 'Fee Shop', verified: true, sandbox: true } })
    const answer = await lin.does('payment.confirm', confirmation(order, '24.90'))
    expect(answer).toMatchObject({ ok: true, payment: { state: 'captured', fee: { value: '0.00' }, total: { value: '24.90' } } })
    expect(await lin.available('EUR')).toBe(before - 2490n)
    const [shop, fee] = await service.ports.store.read(async tx => [
      await tx.ledger.account('merchant:shop-fee:EUR'),
      await tx.ledger.account('fee:okpay:EUR'),
    ])
    expect(shop?.posted).toBe(2465n)
    expect(fee?.posted).toBe(25n)
  })

  it.each([
    ['JPY', '980', 970n, 10n],
    ['KWD', '2.125', 2104n, 21n],
    ['CNY', '0.49', 49n, undefined],
  ] as const)('in %s of %s gives the shop %s and a fee of %s smallest units', async (currency, value, shopMinor, feeMinor) => {
    const payer = await registerHolder(service)
    await topUp(service, payer, currency, currency === 'KWD' ? '5.000' : currency === 'JPY' ? '5000' : '50.00')
    const shop = { id: `shop-${currency}`, name: 'Shop', verified: true, sandbox: true }
    const order = await makeOrder(service, currency, value, { shop })
    expect(await payer.does('payment.confirm', confirmation(order, value))).toMatchObject({ ok: true })
    const posting = (await payer.feed()).rows.findLast(row => row.event.type === 'posting')?.event
    const legs = posting?.type === 'posting' ? posting.posting.legs.map(leg => parseDecimal(currency, leg.amount.value)?.minor) : []
    expect(legs.slice(1)).toEqual(feeMinor === undefined ? [shopMinor] : [shopMinor, feeMinor])
  })

  it('is told in the feed as hold, posting, payment and limits, in one gapless order', async () => {
    const start = (await lin.feed()).last
    const order = await makeOrder(service, 'EUR', '10.00')
    const answer = await lin.does('payment.confirm', confirmation(order, '10.00'))
    const { rows, last } = await lin.feed(start)
    expect(rows.map(row => row.event.type)).toEqual(['balance', 'posting', 'payment', 'limits'])
    expect(rows.map(row => row.n)).toEqual([1, 2, 3, 4].map(step => start + step))
    expect(answer.feed).toBe(last)
    const posting = rows.find(row => row.event.type === 'posting')?.event
    expect(posting).toMatchObject({
      posting: { legs: [{ own: true, label: 'Lin Wei' }, { own: false, label: 'Test Books' }, { label: 'OKPAY' }] },
    })
  })

  it('is refused for an order that nobody made, and the refusal stays', async () => {
    const id = newId()
    const body = { orderCode: '00000000', shopId: 'shop-test', total: { currency: 'EUR', value: '1.00' } } as const
    expect(codeOf(await lin.does('payment.confirm', body, { id }))).toBe('order_unknown')
    expect(codeOf(await lin.does('payment.confirm', body, { id }))).toBe('order_unknown')
  })

  it('is refused when the order is paid already, and names the receipt to who paid it alone', async () => {
    const order = await makeOrder(service, 'EUR', '3.00')
    const first = await lin.does('payment.confirm', confirmation(order, '3.00'))
    const again = await lin.does('payment.confirm', confirmation(order, '3.00'))
    expect(again).toMatchObject({
      ok: false,
      decline: { code: 'order_already_paid', detail: { payment: first.payment?.id } },
      payment: { state: 'declined' },
    })
    const other = await registerHolder(service)
    const theirs = await other.does('payment.confirm', confirmation(order, '3.00'))
    expect(theirs).toMatchObject({ ok: false, decline: { code: 'order_already_paid', detail: {} } })
    expect(JSON.stringify(theirs)).not.toContain(first.payment?.id)
  })

  it('is refused when the order was cancelled, has expired, or changed', async () => {
    const cancelled = await makeOrder(service, 'EUR', '3.00')
    await lin.does('order.cancel', { orderCode: cancelled.code })
    expect(codeOf(await lin.does('payment.confirm', confirmation(cancelled, '3.00')))).toBe('order_cancelled')
    const changed = await makeOrder(service, 'EUR', '3.00')
    expect(codeOf(await lin.does('payment.confirm', confirmation(changed, '2.99')))).toBe('order_changed')
    expect(codeOf(await lin.does('payment.confirm', { ...confirmation(changed, '3.00'), shopId: 'shop-other' }))).toBe('order_changed')
    const late = await makeOrder(service, 'EUR', '3.00')
    service.moves(15 * 60_000)
    expect(await lin.does('payment.confirm', confirmation(late, '3.00'))).toMatchObject({
      decline: { code: 'order_expired', detail: { at: new Date(late.expiresAt).toISOString() } },
    })
  })

  it('is refused while the service has locked the account, and works again once two operators unlocked it', async () => {
    const order = await makeOrder(service, 'EUR', '3.00')
    await operator('/v1/operator/account-locks', { email: lin.email, reason: 'risk' })
    expect(codeOf(await lin.does('payment.confirm', confirmation(order, '3.00')))).toBe('security_hold')
    await operator('/v1/operator/account-locks/removal', { email: lin.email })
    expect(codeOf(await lin.does('payment.confirm', confirmation(order, '3.00')))).toBe('security_hold')
    await get(service, '/v1/operator/account-locks/removal', { body: { email: lin.email }, token: secondToken })
    expect(codeOf(await lin.does('payment.confirm', confirmation(order, '3.00')))).toBe('paid')
  })

  it('is refused by a shop that does not sell to the payer’s country', async () => {
    const order = await makeOrder(service, 'EUR', '3.00', { onlyIn: ['IS'] })
    expect(codeOf(await lin.does('payment.confirm', confirmation(order, '3.00')))).toBe('merchant_restriction')
  })

  it('is refused in a currency that the payer has not opened', async () => {
    const order = await makeOrder(service, 'KWD', '3.125')
    expect(await lin.does('payment.confirm', confirmation(order, '3.125'))).toMatchObject({
      decline: { code: 'currency_not_held', detail: { currency: 'KWD' } },
    })
  })

  it('is refused above the limit of one payment before it is refused for want of money', async () => {
    const order = await makeOrder(service, 'EUR', '2000.01')
    expect(await lin.does('payment.confirm', confirmation(order, '2000.01'))).toMatchObject({
      decline: { code: 'over_payment_limit', detail: { currency: 'EUR', limit: '2000.00' } },
    })
  })

  it('is refused for want of money, and says how much is missing', async () => {
    const available = (await lin.available('EUR')) ?? 0n
    const order = await makeOrder(service, 'EUR', '1999.00')
    const answer = await lin.does('payment.confirm', confirmation(order, '1999.00'))
    const missing = (199_900n - available).toString().padStart(3, '0')
    expect(answer).toMatchObject({
      decline: { code: 'insufficient_funds', detail: { missing: `${missing.slice(0, -2)}.${missing.slice(-2)}` } },
    })
  })

  it('that is refused moves nothing and uses nothing of the limits', async () => {
    const rich = await registerHolder(service)
    await topUp(service, rich, 'EUR', '50.00')
    const order = await makeOrder(service, 'EUR', '60.00')
    await rich.does('payment.confirm', confirmation(order, '60.00'))
    expect(await rich.available('EUR')).toBe(5000n)
    const limits = (await rich.feed()).rows.findLast(row => row.event.type === 'limits')?.event
    expect(limits).toMatchObject({ type: 'limits' })
    for (const { used, freesUpAt } of limits?.type === 'limits' ? limits.limits : [])
      expect([used.value, freesUpAt]).toEqual(['0.00', null])
  })
})

describe('of all who confirm one order at once', () => {
  it('just one pays it', async () => {
    const payers = await Promise.all([1, 2, 3].map(() => registerHolder(service)))
    for (const payer of payers) await topUp(service, payer, 'EUR', '20.00')
    const order = await makeOrder(service, 'EUR', '12.00')
    const answers = await Promise.all(
      payers.flatMap(payer => [1, 2].map(() => payer.does('payment.confirm', confirmation(order, '12.00')))),
    )
    expect(answers.filter(answer => answer.ok)).toHaveLength(1)
    const left = await Promise.all(payers.map(payer => payer.available('EUR')))
    expect(left.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n)).toBe(4800n)
  })

  it('the same id pays once and gets the same answer each time', async () => {
    const payer = await registerHolder(service)
    await topUp(service, payer, 'EUR', '30.00')
    const order = await makeOrder(service, 'EUR', '12.00')
    const id = newId()
    const answers = await Promise.all([1, 2, 3, 4].map(() => payer.does('payment.confirm', confirmation(order, '12.00'), { id })))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: true, payment: { id } })
    expect(await payer.available('EUR')).toBe(1800n)
  })

  it('what one cancels while another confirms is either paid or cancelled, never both', async () => {
    const payer = await registerHolder(service)
    await topUp(service, payer, 'EUR', '30.00')
    const order = await makeOrder(service, 'EUR', '12.00')
    const [cancelled, paid] = await Promise.all([
      lin.does('order.cancel', { orderCode: order.code }),
      payer.does('payment.confirm', confirmation(order, '12.00')),
    ])
    expect([cancelled.ok, paid.ok].filter(Boolean)).toHaveLength(1)
    expect(await payer.available('EUR')).toBe(paid.ok ? 1800n : 3000n)
  })
})

it('a payment and its answers outlive the service', async () => {
  const payer = await registerHolder(service)
  await topUp(service, payer, 'EUR', '30.00')
  const order = await makeOrder(service, 'EUR', '12.00')
  const id = newId()
  const first = await payer.does('payment.confirm', confirmation(order, '12.00'), { id })
  const feed = await payer.feed()
  await service.restarts()
  expect(await payer.does('payment.confirm', confirmation(order, '12.00'), { id })).toEqual(first)
  expect(await payer.feed()).toEqual(feed)
  expect(await payer.available('EUR')).toBe(1800n)
})
