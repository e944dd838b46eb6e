import { expect } from 'vitest'
import { newId, scenario, soon } from './world.ts'

scenario('a payment moves money once, and payer and shop both know', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const payment = await alice.confirms(order)
  await alice.nowHas('EUR', '25.10')
  await shop.wasPaidOnce(order)
  await soon(async () => expect(await alice.payment(payment.id)).toMatchObject({ state: 'captured', balanceAfter: { value: '25.10' } }))
  const { rows } = await alice.get('history.page', { filter: { query: '茶' }, after: null, limit: 10 })
  expect(rows).toMatchObject([
    { id: payment.id, kind: 'payment', state: 'done', amount: { value: '-24.90' }, balanceAfter: { value: '25.10' } },
  ])
  const { legs, lines, timeline } = await alice.get('history.detail', { id: payment.id })
  expect(legs.filter(leg => leg.own)).toMatchObject([{ amount: { value: '-24.90' } }])
  // What the window names the legs by: mine, the shop's, and what OKPAY takes of it.
  expect(legs.map(({ kind, amount }) => [kind, amount.value])).toEqual([
    ['holder', '-24.90'],
    ['merchant', '24.65'],
    ['fee', '0.25'],
  ])
  expect(lines).toHaveLength(1)
  expect(timeline.map(({ state }) => state)).toEqual(['confirmed', 'held', 'captured'])
})

scenario('a payment confirmed twice on a bad network moves money once', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const id = newId()
  alice.network.losesTheNextAnswer()
  expect((await alice.confirms(order, id)).state).toBe('pending')
  await alice.confirms(order, id)
  await alice.nowHas('EUR', '25.10')
  await shop.wasPaidOnce(order)
})

scenario('a request that reaches the service twice moves money once', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  alice.network.doublesTheNextRequest()
  expect((await alice.confirms(order)).state).toBe('captured')
  await alice.nowHas('EUR', '25.10')
  await shop.wasPaidOnce(order)
})

scenario('the same wish ten times at once is one payment', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const id = newId()
  const payments = await Promise.all(Array.from({ length: 10 }, () => alice.confirms(order, id)))
  expect(new Set(payments.map(payment => payment.id))).toEqual(new Set([id]))
  await alice.nowHas('EUR', '25.10')
  await shop.wasPaidOnce(order)
})

scenario('an id that was used for one wish is refused for another', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const [first, second] = [await shop.asks('EUR', '1.00'), await shop.asks('EUR', '2.00')]
  const { id } = await alice.confirms(first)
  await expect(alice.confirms(second, id)).rejects.toThrow('id_reused')
  await shop.wasNotPaid(second)
})

scenario('a lost request is pending, no balance, and sent again by itself', async ({ alice, shop, clock }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  await alice.get('payments.review', { text: order.code })
  alice.network.goesOffline()
  const id = newId()
  const payment = await alice.get('payments.confirm', {
    id,
    orderCode: order.code,
    total: { currency: 'EUR', value: '24.90' },
    shopId: order.shop.id,
  })
  expect(payment).toMatchObject({ id, state: 'pending', balanceAfter: null })
  await alice.nowHas('EUR', '50.00')
  expect((await alice.get('payments.pending', {})).payments).toMatchObject([{ id }])
  const pending = await alice.get('history.page', { filter: { states: ['pending'] }, after: null, limit: 10 })
  expect(pending.rows).toMatchObject([{ id, amount: { value: '-24.90' }, balanceAfter: null }])

  alice.network.comesBack()
  await clock.moves(60_000)
  await alice.nowHas('EUR', '25.10')
  await soon(async () => expect((await alice.get('payments.pending', {})).payments).toEqual([]))
  await shop.wasPaidOnce(order)
})

scenario('the wallet ends in the middle of a payment and finishes it when it is back', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const id = newId()
  alice.network.losesTheNextRequest()
  await alice.confirms(order, id)
  await alice.restarts()
  await alice.get('app.unlock', { password: null })
  await alice.nowHas('EUR', '25.10')
  expect(await alice.payment(id)).toMatchObject({ state: 'captured' })
  await shop.wasPaidOnce(order)
})

scenario('the service ends in the middle of a payment and finishes it when it is back', async ({ alice, shop, service, clock }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const id = newId()
  alice.network.losesTheNextAnswer()
  await alice.confirms(order, id)
  await service.restarts()
  await clock.moves(60_000)
  await alice.nowHas('EUR', '25.10')
  await soon(async () => expect(await alice.payment(id)).toMatchObject({ state: 'captured' }))
  await shop.wasPaidOnce(order)
})

scenario('a payment that is refused once the network is back shows as declined, with its reason', async ({ alice, shop, clock }) => {
  await alice.has('EUR', '10.00')
  const order = await shop.asks('EUR', '24.90')
  const slip = await alice.get('payments.review', { text: order.code })
  expect(slip).toMatchObject({ decline: { code: 'insufficient_funds' }, balanceAfter: null })
  alice.network.goesOffline()
  const id = newId()
  await alice.get('payments.confirm', { id, orderCode: order.code, total: slip.total, shopId: order.shop.id })
  alice.network.comesBack()
  await clock.moves(60_000)
  await soon(async () => expect(await alice.payment(id)).toMatchObject({ state: 'declined', decline: { code: 'insufficient_funds' } }))
  const { rows } = await alice.get('history.page', { filter: { states: ['declined'] }, after: null, limit: 10 })
  expect(rows).toMatchObject([{ id, balanceAfter: null }])
  await alice.nowHas('EUR', '10.00')
})

scenario('an order that two wallets pay at once is paid by one', async ({ alice, bob, shop }) => {
  await alice.has('EUR', '50.00')
  await bob.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const payments = await Promise.all([alice.confirms(order), bob.confirms(order)])
  const states = payments.map(({ state, decline }) => decline?.code ?? state).sort()
  expect(states).toEqual(['captured', 'order_already_paid'])
  await shop.wasPaidOnce(order)
})

scenario('a payment sent long after the order expired takes nothing', async ({ alice, shop, clock }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  await alice.get('payments.review', { text: order.code })
  alice.network.goesOffline()
  const id = newId()
  const total = { currency: 'EUR', value: '24.90' } as const
  await alice.get('payments.confirm', { id, orderCode: order.code, total, shopId: order.shop.id })
  await clock.moves(9 * 60_000)
  await clock.moves(8 * 60_000)
  // Idle for so long, it locked itself; the intent is still there when it is opened.
  await alice.ask('app.unlock', { password: null })
  alice.network.comesBack()
  await clock.moves(60_000)
  await soon(async () => expect(await alice.payment(id)).toMatchObject({ state: 'declined', decline: { code: 'order_expired' } }))
  await alice.nowHas('EUR', '50.00')
  await shop.wasNotPaid(order)
})

scenario('a cancelled order is not paid', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  expect(await alice.get('payments.cancelOrder', { orderCode: order.code })).toMatchObject({ state: 'cancelled' })
  expect(await alice.confirms(order)).toMatchObject({ state: 'declined', decline: { code: 'order_cancelled' } })
  await shop.wasNotPaid(order)
})

scenario('a link of another service, or of no service, leads nowhere', async ({ alice }) => {
  expect(await alice.ask('payments.review', { text: 'okpay://pay/K7F39QTX?service=0123456789AB' })).toMatchObject({
    code: 'link_other_service',
  })
  for (const text of ['', 'okpay://pay/', 'https://pay/K7F39QTX', 'okpay://pay/K7F39QTX?service=1&x=2', 'K7F39QT', 'x'.repeat(1999)])
    expect(await alice.ask('payments.review', { text }), text).toMatchObject({ code: 'link_malformed' })
  expect(await alice.ask('payments.review', { text: 'K7F39QTX' })).toMatchObject({ code: 'order_unknown' })
})
