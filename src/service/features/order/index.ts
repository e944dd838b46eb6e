import { orderCodeLength, readCode } from '#contracts/wire/links.ts'
import { no, ok } from '#core/failure/outcome.ts'
import { zero } from '#core/money/amount.ts'
import { cancelOrder, type Order, orderAt } from '#core/payment/order.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { Feature } from '../../ports.ts'
import { amountWire, orderWire } from '../../wires.ts'
import { judge } from '../payment/judge.ts'
import { refusalOf, viewOf } from '../risk/view.ts'
import { keepExpiringOrders } from './expireOrders.ts'

/** The order of a code as people type it. */
export async function findOrder(tx: Tx, text: string): Promise<Order | undefined> {
  const code = readCode(text, orderCodeLength)
  return code === undefined ? undefined : tx.orders.findByCode(code)
}

/** Looking at an order, and saying that it will not be paid. Whoever knows the code may do both: the shop shows it to the payer alone. */
export const orderFeature: Feature = {
  work: keepExpiringOrders,
  routes: {
    order: (ports, { holder, deviceId }, { code }) =>
      ports.store.read(async tx => {
        const order = await findOrder(tx, code)
        if (!order) return no('order_unknown')
        const now = ports.clock()
        const { outcome, asksFactor, risk } = await judge(tx, ports, { id: '', holder, deviceId, order, now }, null)
        const fee = zero(order.currency)
        const decline = outcome.ok ? refusalOf(risk) : outcome.decline
        return ok({
          order: orderWire(orderAt(order, now)),
          fee: amountWire(fee.currency, fee.minor),
          decline: decline && { code: decline.code, detail: { ...decline.detail } },
          asksFactor,
          risk: risk ? viewOf(risk) : null,
        })
      }),
  },
  commands: {
    'order.cancel': async (tx, _holder, { body, now }) => {
      const order = await findOrder(tx, body.orderCode)
      if (!order) return no('order_unknown')
      const cancelled = cancelOrder(order, now)
      if (!cancelled.ok) return cancelled
      if (cancelled.value !== order) await tx.orders.change(cancelled.value)
      return ok({ order: orderWire(cancelled.value) })
    },
  },
}
