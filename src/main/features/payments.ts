import { readPayText } from '#contracts/wire/links.ts'
import { type Order, type Payment, payment as paymentShape } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { minorOf } from '../sync/movements.ts'
import { type Agreed, pendingOf } from '../sync/pendingPayment.ts'
import type { RouteOutput } from '../sync/serviceClient.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'
import { amountOf, balanceOf } from './balances.ts'

type PaymentParts = { readonly account: SignedIn; readonly store: WalletStore; readonly ids: () => string }

type Asked = RouteOutput<'order'>

/** Orders that were looked at lately, so that one can be confirmed while the service is out of reach. */
const mostRemembered = 20

const stopped = { code: 'provider_mismatch', detail: {} } as const

const totalOf = ({ order, fee }: Asked): { readonly currency: Order['amount']['currency']; readonly minor: bigint } => ({
  currency: order.amount.currency,
  minor: minorOf(order.amount) + minorOf(fee),
})

async function slipOf({ store, account }: PaymentParts, asked: Asked) {
  const total = totalOf(asked)
  const row = (await store.balances()).find(({ currency }) => currency === total.currency)
  const after = row && row.postedMinor - row.heldMinor - total.minor
  return {
    order: asked.order,
    from: row ? balanceOf(row) : null,
    amount: asked.order.amount,
    fee: asked.fee,
    total: amountOf(total),
    balanceAfter: after !== undefined && after >= 0n ? amountOf({ currency: total.currency, minor: after }) : null,
    decline: (await account.provider.isStopped()) ? stopped : asked.decline,
    asksFactor: asked.asksFactor,
    risk: asked.risk,
  }
}

/** Paying a shop: look at the slip, confirm once. A confirmed payment is saved first; out of reach it is `pending` and will be sent by itself. */
export function paymentsFeature(parts: PaymentParts): Feature<'payments'> {
  const { account, store, ids } = parts
  const remembered = new Map<string, Asked>()

  async function look(code: string): Promise<Outcome<Asked>> {
    const outcome = await account.call('order', { code })
    if (!outcome.ok) return outcome
    remembered.delete(outcome.value.order.code)
    remembered.set(outcome.value.order.code, outcome.value)
    for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest)
    return outcome
  }

  async function load(id: string): Promise<Payment | undefined> {
    const json = await store.document('payment', id)
    return json === undefined ? undefined : paymentShape.parse(JSON.parse(json))
  }

  async function contextOf(id: string, orderCode: string): Promise<Outcome<Agreed | null>> {
    if (await store.intent(id)) return ok(null)
    const known = remembered.get(orderCode)
    const asked = known ? ok(known) : await look(orderCode)
    return asked.ok ? ok({ order: asked.value.order, amount: asked.value.order.amount, fee: asked.value.fee }) : asked
  }

  return {
    async review({ text }) {
      const read = readPayText(text)
      if (!read) return no('link_malformed')
      if (read.serviceId !== undefined && read.serviceId !== account.session.serviceId)
        return no('link_other_service', { service: read.serviceId })
      const asked = await look(read.orderCode)
      return asked.ok ? ok(await slipOf(parts, asked.value)) : asked
    },

    async confirm({ id, orderCode, total, shopId }) {
      // What was answered keeps its answer; nothing new is spent on books that do not add up.
      const isAnswered = ((await store.intent(id))?.answer ?? null) !== null
      if (!isAnswered && (await account.provider.isStopped())) return no('provider_mismatch')
      const context = await contextOf(id, orderCode)
      if (!context.ok) return context
      const sent = await account.command(id, 'payment.confirm', { orderCode, shopId, total }, context.value)
      if (!sent.ok) return sent
      const payment = await load(id)
      if (!payment) throw new Fault('service_garbage')
      return ok(payment)
    },

    async get({ id }) {
      const payment = await load(id)
      return payment ? ok(payment) : no('not_found')
    },

    async pending() {
      const unanswered = (await account.outbox.open()).flatMap(intent => pendingOf(intent) ?? [])
      // The feed may have told what became of it before its own answer came.
      const known = await Promise.all(unanswered.map(({ id }) => load(id)))
      return ok({ payments: unanswered.filter((_, index) => (known[index]?.state ?? 'pending') === 'pending') })
    },

    async cancelOrder({ orderCode }) {
      const sent = await account.command(ids(), 'order.cancel', { orderCode })
      return resultOf(sent, answer => answer.order)
    },
  }
}
