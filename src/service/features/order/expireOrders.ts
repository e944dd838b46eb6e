import { orderAt } from '#core/payment/order.ts'
import type { ServicePorts, Work } from '../../ports.ts'
import { inRounds } from '../../rounds.ts'

const batch = 100
const everyMs = 1_000

/** Notes the orders whose time is over, so that the shop's page is told. Whether an order can be paid never waits for this. */
async function expireOrders({ store, clock }: Pick<ServicePorts, 'store' | 'clock'>): Promise<number> {
  const now = clock()
  const overdue = await store.read(tx => tx.orders.overdue(now, batch))
  if (overdue.length === 0) return 0
  return store.write(async tx => {
    const still = await tx.orders.overdue(now, batch)
    for (const order of still) await tx.orders.change(orderAt(order, now))
    return still.length
  })
}

/** Does so every second until stopped. */
export const keepExpiringOrders = (ports: Pick<ServicePorts, 'store' | 'clock' | 'after' | 'log'>): Work =>
  inRounds(ports, { event: 'expire_orders', everyMs }, () => expireOrders(ports))
