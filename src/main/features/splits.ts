import { z } from 'zod'
import type { SplitView } from '#contracts/bridge/limits.ts'
import { type AmountWire, amount, day, id, instant } from '#contracts/wire/scalars.ts'
import { type Limit, type Order, type Payment, payment as paymentShape } from '#contracts/wire/shapes.ts'
import { type Outcome, ok } from '#core/failure/outcome.ts'
import { dayIn } from '#core/limits/day.ts'
import type { LimitBound } from '#core/limits/limits.ts'
import { railOf } from '#core/limits/policy.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import { splitOverDays } from '#core/limits/split.ts'
import type { Feature } from '../bridge/implement.ts'
import { minorOf } from '../sync/movements.ts'
import { amountOf } from './balances.ts'
import { timeZone } from './days.ts'
import { accountZone, type LimitParts, limitsNow } from './limitsNow.ts'

const settingName = 'limits.splits'
/** The oldest give way: who has so many plans has forgotten them. */
const mostPlans = 50
/** The newest payments, among which those of a plan are looked for. */
const mostPayments = 1_000

const plan = z.strictObject({
  id,
  shop: z.strictObject({ id: z.string(), name: z.string() }),
  about: z.string(),
  total: amount,
  madeAt: instant,
  parts: z.array(z.strictObject({ on: day, amount })),
})
type Plan = z.infer<typeof plan>
const plans = z.array(plan)

const boundOf = ({ kind, rail, amount: most, used, freesUpAt }: Limit): LimitBound => ({
  ...{ kind, rail, most: minorOf(most), used: minorOf(used) },
  endsAt: freesUpAt === null ? null : Date.parse(freesUpAt),
})

const isSame = (a: AmountWire, b: AmountWire): boolean => a.currency === b.currency && minorOf(a) === minorOf(b)

/** The payments that fit a part are taken once each, the earliest for the earliest part. */
function viewsOf(kept: readonly Plan[], payments: readonly Payment[], today: string): readonly SplitView[] {
  const free = new Set(payments.filter(({ state }) => state === 'captured').toReversed())
  return kept.map(one => {
    const fits = (part: Plan['parts'][number], { order, total, timeline }: Payment) =>
      order.shop.id === one.shop.id && isSame(total, part.amount) && (timeline[0]?.at ?? '') >= one.madeAt
    const parts = one.parts.map(part => {
      const paid = [...free].find(candidate => fits(part, candidate))
      if (!paid) return { ...part, state: part.on <= today ? ('due' as const) : ('waiting' as const), paymentId: null }
      free.delete(paid)
      return { ...part, state: 'paid' as const, paymentId: paid.id }
    })
    return { ...one, parts }
  })
}

type SplitMethods = Pick<Feature<'limits'>, 'planSplit' | 'keepSplit' | 'splits' | 'dropSplit'>

/** Plans of payments over several days. They are kept in this wallet alone, and each part waits for the person: nothing is sent by itself. */
export function splitMethods(parts: LimitParts): SplitMethods {
  const { account, store, rates, clock } = parts

  const read = async (): Promise<readonly Plan[]> => plans.parse(JSON.parse((await store.setting(settingName)) ?? '[]'))
  const keep = (kept: readonly Plan[]) => store.keepSetting(settingName, JSON.stringify(kept.slice(-mostPlans)))
  const today = async (): Promise<string> => dayIn((await accountZone(parts)) || timeZone(), clock.now())

  async function planFor(orderCode: string): Promise<Outcome<{ readonly order: Order; readonly parts: Plan['parts'] }>> {
    const asked = await account.call('order', { code: orderCode })
    if (!asked.ok) return asked
    const { order } = asked.value
    const { currency } = order.amount
    const minor = minorOf(order.amount)
    const eurMinor = euroCents({ currency, minor }, (await rates.current()).perEuro)
    if (eurMinor === undefined) return ok({ order, parts: [] })
    const bounds = (await limitsNow(parts)).map(boundOf)
    const divided = splitOverDays({ bounds, rail: railOf(currency), minor, eurMinor, today: await today() }) ?? []
    return ok({ order, parts: divided.map(part => ({ on: part.on, amount: amountOf({ currency, minor: part.minor }) })) })
  }

  async function views(): Promise<readonly SplitView[]> {
    const kept = await read()
    if (kept.length === 0) return []
    const payments = (await store.documents('payment', mostPayments)).map(json => paymentShape.parse(JSON.parse(json)))
    return viewsOf(kept, payments, await today())
  }

  return {
    async planSplit({ orderCode }) {
      const planned = await planFor(orderCode)
      return planned.ok ? ok({ parts: planned.value.parts }) : planned
    },
    async keepSplit({ id: planId, orderCode }) {
      const isKept = (await read()).some(one => one.id === planId)
      if (!isKept) {
        const planned = await planFor(orderCode)
        if (!planned.ok) return planned
        const { order, parts: divided } = planned.value
        const { id: shopId, name } = order.shop
        const about = order.lines.map(({ title }) => title).join(', ')
        const madeAt = new Date(clock.now()).toISOString()
        await keep([...(await read()), { id: planId, shop: { id: shopId, name }, about, total: order.amount, madeAt, parts: divided }])
      }
      const view = (await views()).find(one => one.id === planId)
      if (!view) throw new Error('a plan was kept and is not there')
      return ok(view)
    },
    async splits() {
      return ok({ splits: (await views()).filter(one => one.parts.some(({ state }) => state !== 'paid')) })
    },
    async dropSplit({ id: planId }) {
      await keep((await read()).filter(one => one.id !== planId))
      return ok({ dropped: true })
    },
  }
}
