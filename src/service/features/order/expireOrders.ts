import { orderAt } from '#core/payment/order.ts'
import type { ServicePorts, Work } from '../../ports.ts'

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
export function keepExpiringOrders(ports: Pick<ServicePorts, 'store' | 'clock' | 'after' | 'log'>): Work {
  let running: Promise<unknown> = Promise.resolve()
  let isStopped = false
  let cancel = ports.after(everyMs, round)

  function round(): void {
    running = expireOrders(ports)
      .catch((error: unknown) => ports.log.error({ event: 'expire_orders', cause: error instanceof Error ? error.message : 'unknown' }))
      .finally(() => {
        if (!isStopped) cancel = ports.after(everyMs, round)
      })
  }

  return {
    stop: async () => {
      isStopped = true
      cancel()
      await running
    },
  }
}
