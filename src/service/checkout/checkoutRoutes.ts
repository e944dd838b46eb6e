import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cancelOrder, type Order, orderAt } from '#core/payment/order.ts'
import { createOrder } from '../features/order/createOrder.ts'
import type { ServicePorts } from '../ports.ts'
import { assets, type Reader, readerOf } from './frame.ts'
import { isShopId, type ShopId, shops } from './goods.ts'
import { basketPage, readBasket, shopPage, shopsPage, wordPage } from './goodsPages.ts'
import { orderPage, paidAt } from './orderPage.ts'

const longestWaitMs = 25_000

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The text fields of a query, a form or a path; what stands there twice or is no text is left out. */
const fieldsOf = (source: unknown): Readonly<Record<string, string>> =>
  typeof source === 'object' && source !== null
    ? Object.fromEntries(Object.entries(source).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    : {}

type Visit = {
  readonly ports: ServicePorts
  readonly reader: Reader
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
  readonly reply: FastifyReply
}
type Allow = (address: string) => boolean

const page = (reply: FastifyReply, markup: string, status = 200): FastifyReply =>
  reply.code(status).header('content-security-policy', pagePolicy).type('text/html; charset=utf-8').send(markup)

const shopPath = (order: Order): string => `/shop/${order.shop.id.replace(/^shop-/, '')}`

const nothingHere = ({ reply, reader }: Visit): FastifyReply => page(reply, wordPage(reader, 'notFound'), 404)

async function withOrder(visit: Visit, run: (order: Order) => FastifyReply | Promise<FastifyReply>): Promise<FastifyReply> {
  const { ports, params } = visit
  const order = await ports.store.read(tx => tx.orders.find(params['orderId'] ?? ''))
  return order ? run(orderAt(order, ports.clock())) : nothingHere(visit)
}

function withShop(visit: Visit, run: (shopId: ShopId) => FastifyReply | Promise<FastifyReply>): FastifyReply | Promise<FastifyReply> {
  const shopId = visit.params['shopId'] ?? ''
  return isShopId(shopId) ? run(shopId) : nothingHere(visit)
}

/** Two restrictions at once leave only the countries that both allow. */
const commonCountries = (lists: readonly (readonly string[] | null)[]): readonly string[] | null =>
  lists.reduce<readonly string[] | null>(
    (all, one) => (all === null ? one : one === null ? all : all.filter(code => one.includes(code))),
    null,
  )

async function checkOut({ ports, reader, form, reply }: Visit, shopId: ShopId): Promise<FastifyReply> {
  const lines = readBasket(reader, shopId, form)
  if (lines.length === 0) return reply.redirect(reader.link(`/shop/${shopId}`), 303)
  const { name, currency, reference } = shops[shopId]
  const number = Buffer.from(ports.random(3)).toString('hex').toUpperCase()
  const draft = {
    shop: { id: `shop-${shopId}`, name, verified: true, sandbox: true },
    shopReference: `${reference}-${number}`,
    lines: lines.map(({ title, quantity, minor }) => ({ title, quantity, minor })),
    currency,
    returnUrl: null,
    onlyIn: commonCountries(lines.map(line => line.onlyIn)),
  }
  const order = await ports.store.write(tx => createOrder(tx, ports, draft, ports.clock()))
  return reply.redirect(reader.link(`/shop/orders/${order.id}`), 303)
}

/** Answers when the state is no longer the one that the page has seen, or when the wait is over. */
async function tellState({ ports, reader, query, reply }: Visit, order: Order): Promise<FastifyReply> {
  const watch = ports.waiters.watch(`order:${order.id}`)
  const look = async () => orderAt((await ports.store.read(tx => tx.orders.find(order.id))) ?? order, ports.clock())
  try {
    let current = await look()
    const waitMs = Math.min(Number(/^\d{1,5}$/.exec(query['waitMs'] ?? '')?.[0] ?? 0), longestWaitMs)
    if (current.state === query['seen'] && waitMs > 0) {
      await watch.next(current.state === 'open' ? Math.min(waitMs, Math.max(0, order.expiresAt - ports.clock()) + 50) : waitMs)
      current = await look()
    }
    return reply.send({ state: current.state, paidAt: paidAt(reader, current, ports.clock()) })
  } finally {
    watch.stop()
  }
}

async function cancel({ ports, reader, reply }: Visit, { id }: Order): Promise<FastifyReply> {
  await ports.store.write(async tx => {
    const order = await tx.orders.find(id)
    const cancelled = order && cancelOrder(order, ports.clock())
    if (cancelled?.ok) await tx.orders.change(cancelled.value)
  })
  return reply.redirect(reader.link(`/shop/orders/${id}`), 303)
}

/** The sandbox's shops: goods, basket, check-out and the order's live page. There are none where the service is no sandbox. */
export function serveCheckout(app: FastifyInstance, portsNow: () => ServicePorts | undefined, allow: Allow): void {
  const visit =
    (run: (visit: Visit) => FastifyReply | Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const query = fieldsOf(request.query)
      const reader = readerOf(query['lang'], request.headers['accept-language'])
      const ports = portsNow()
      if (!ports) return page(reply, wordPage(reader, 'sealed'), 503)
      const here = { ports, reader, params: fieldsOf(request.params), query, form: fieldsOf(request.body), reply }
      if (!ports.config.sandbox) return nothingHere(here)
      if (request.method === 'POST' && !allow(request.ip)) return page(reply, wordPage(reader, 'refused'), 429)
      return run(here)
    }
  for (const { path, type, text } of Object.values(assets))
    app.get(path, async (_request, reply) => reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(text))
  app.get(
    '/',
    visit(({ reply, reader }) => reply.redirect(reader.link('/shop'), 303)),
  )
  app.get(
    '/shop',
    visit(({ reply, reader }) => page(reply, shopsPage(reader))),
  )
  app.get(
    '/shop/:shopId',
    visit(here => withShop(here, id => page(here.reply, shopPage(here.reader, id, readBasket(here.reader, id, here.query))))),
  )
  app.get(
    '/shop/:shopId/basket',
    visit(here => withShop(here, id => page(here.reply, basketPage(here.reader, id, readBasket(here.reader, id, here.query))))),
  )
  app.post(
    '/shop/:shopId/orders',
    visit(here => withShop(here, id => checkOut(here, id))),
  )
  app.get(
    '/shop/orders/:orderId',
    visit(here =>
      withOrder(here, order =>
        page(here.reply, orderPage(here.reader, order, here.ports.identity.serviceId, shopPath(order), here.ports.clock())),
      ),
    ),
  )
  app.get(
    '/shop/orders/:orderId/state',
    visit(here => withOrder(here, order => tellState(here, order))),
  )
  app.post(
    '/shop/orders/:orderId/cancel',
    visit(here => withOrder(here, order => cancel(here, order))),
  )
}
