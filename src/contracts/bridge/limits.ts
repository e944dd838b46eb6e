import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { amount, day, id, instant, positiveAmount } from '../wire/scalars.ts'
import { limit, limitKind, moneySource } from '../wire/shapes.ts'

const nothing = z.strictObject({})
const orderCode = z.string().max(20)

/**
 * A payment that passed a limit, divided over days. A part is `waiting` before its day, `due` from it on, and `paid` once this shop was paid just that
 * amount. Nothing of it is ever sent by itself.
 */
const split = z.strictObject({
  id,
  shop: z.strictObject({ id: z.string(), name: z.string() }),
  about: z.string(),
  total: amount,
  madeAt: instant,
  parts: z.array(z.strictObject({ on: day, amount, state: z.enum(['waiting', 'due', 'paid']), paymentId: id.nullable() })),
})

/** Limits of what leaves the account. Declines: amount_invalid, limit_request_open, input_invalid, order_*. */
export const limits = {
  /** `timeZone`: by whose midnight the days of the account are counted, '' where the service did not tell; `here`: that of this computer. */
  overview: read({
    input: nothing,
    output: z.strictObject({ limits: z.array(limit), timeZone: z.string(), here: z.string() }),
    when: 'signed_in',
  }),
  /** Lower holds at once, higher after a day, up to `most`. */
  set: write({ input: z.strictObject({ id, kind: limitKind, amount: positiveAmount }), output: limit, when: 'signed_in' }),
  askRaise: write({
    input: z.strictObject({
      id,
      kind: limitKind,
      amount: positiveAmount,
      reason: z.string().min(1).max(1000),
      source: moneySource.optional(),
    }),
    output: limit,
    when: 'signed_in',
  }),
  /** Counts the days by another time zone, once the day is over in both. */
  moveDay: write({ input: z.strictObject({ id, timeZone: z.string().max(60) }), output: limit, when: 'signed_in' }),
  /** How an order that passes a limit could be paid on several days; no parts where it fits as it is, or not within two months. */
  planSplit: read({
    input: z.strictObject({ orderCode }),
    output: z.strictObject({ parts: z.array(z.strictObject({ on: day, amount })) }),
    when: 'signed_in',
  }),
  /** Keeps that plan in this wallet. The same id again keeps it once. */
  keepSplit: write({ input: z.strictObject({ id, orderCode }), output: split, when: 'signed_in' }),
  /** Plans that are not paid yet, oldest first. */
  splits: read({ input: nothing, output: z.strictObject({ splits: z.array(split) }), when: 'signed_in' }),
  dropSplit: write({ input: z.strictObject({ id }), output: z.strictObject({ dropped: z.literal(true) }), when: 'signed_in' }),
}

export type SplitView = z.infer<typeof split>
