import { expect } from 'vitest'
import { parseDecimal } from '#core/money/amount.ts'
import type { Order } from '#core/payment/order.ts'
import { createOrder } from '#service/features/order/createOrder.ts'
import { newId, scenario, soon, type World } from './world.ts'

const shop = { id: 'lumen', name: 'Lumen Books', verified: true, sandbox: true }
const euro = (value: string) => ({ currency: 'EUR' as const, value })

/** The same shop each time. */
function asks({ ports }: World['service'], value: string): Promise<Order> {
  const lines = [{ title: 'An encyclopaedia', quantity: 1, minor: parseDecimal('EUR', value)?.minor ?? 0n }]
  const draft = { shop, shopReference: 'LB-1', lines, currency: 'EUR', returnUrl: null, onlyIn: null } as const
  return ports.store.write(tx => createOrder(tx, ports, draft, ports.clock()))
}

scenario('a payment above the limit of a day is planned over days, and each part waits for its day and for the person', async world => {
  const { alice, service } = world
  await alice.has('EUR', '200.00')
  expect(await alice.get('limits.set', { id: newId(), kind: 'per_day', amount: euro('50.00') })).toMatchObject({ amount: euro('50.00') })
  expect(await alice.confirms(await asks(service, '40.00'))).toMatchObject({ state: 'captured' })
  const dear = await asks(service, '70.00')
  expect(await alice.get('payments.review', { text: dear.code })).toMatchObject({ decline: { code: 'over_daily_limit' } })

  await soon(async () => {
    const { parts } = await alice.get('limits.planSplit', { orderCode: dear.code })
    expect(parts.map(({ amount }) => amount.value)).toEqual(['10.00', '50.00', '10.00'])
  })
  const id = newId()
  const plan = await alice.get('limits.keepSplit', { id, orderCode: dear.code })
  expect(plan.parts.map(({ state }) => state)).toEqual(['due', 'waiting', 'waiting'])
  expect(new Set(plan.parts.map(({ on }) => on)).size).toBe(3)
  expect(await alice.get('limits.keepSplit', { id, orderCode: dear.code })).toEqual(plan)

  const paid = await alice.confirms(await asks(service, '10.00'))
  const states = async () => (await alice.get('limits.splits', {})).splits.map(({ parts }) => parts.map(({ state }) => state))
  await soon(async () => expect(await states()).toEqual([['paid', 'waiting', 'waiting']]))
  expect((await alice.get('limits.splits', {})).splits[0]?.parts[0]).toMatchObject({ paymentId: paid.id })

  await alice.clock.moves(86_400_000)
  await alice.ask('app.unlock', { password: null })
  // The day is free again without a word of the service, and nothing was sent by itself.
  await soon(async () => expect(await states()).toEqual([['paid', 'due', 'waiting']]))
  const perDay = (await alice.get('limits.overview', {})).limits.find(({ kind, rail }) => kind === 'per_day' && rail === null)
  expect(perDay).toMatchObject({ used: euro('0.00'), left: euro('50.00'), freesUpAt: null })
  await alice.nowHas('EUR', '150.00')
  await alice.get('limits.dropSplit', { id })
  expect(await states()).toEqual([])
})
