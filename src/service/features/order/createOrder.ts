import { codeFromBytes, orderCodeLength } from '#contracts/wire/links.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Order } from '#core/payment/order.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'

/** What a shop asks for when it makes an order. The amount is the sum of the lines. */
export type OrderDraft = Pick<Order, 'shop' | 'shopReference' | 'lines' | 'currency' | 'returnUrl' | 'onlyIn'>

/** A code of 40 random bits that no order ever had. */
async function freshCode(tx: Tx, random: ServicePorts['random']): Promise<string> {
  for (;;) {
    const code = codeFromBytes(random(orderCodeLength), orderCodeLength)
    if (!(await tx.orders.findByCode(code))) return code
  }
}

/** Makes an open order with its own code; it expires after the service's order lifetime. Throws where there is nothing to pay. */
export async function createOrder(
  tx: Tx,
  ports: Pick<ServicePorts, 'ids' | 'random' | 'config'>,
  draft: OrderDraft,
  now: Instant,
): Promise<Order> {
  const minor = draft.lines.reduce((sum, line) => sum + line.minor, 0n)
  if (minor <= 0n) throw new TypeError('an order asks for more than zero')
  const order: Order = {
    ...draft,
    id: ports.ids(),
    code: await freshCode(tx, ports.random),
    state: 'open',
    minor,
    createdAt: now,
    expiresAt: now + ports.config.orderLifetimeMs,
    paymentId: null,
    timeline: [{ state: 'open', at: now }],
  }
  await tx.orders.add(order)
  return order
}
