import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { amount, currency, day, decline, email, id, positiveAmount } from '../wire/scalars.ts'
import { balance, order, payment, question, referenceRates, riskView, topUp } from '../wire/shapes.ts'

const nothing = z.strictObject({})

/** Balances of every opened currency, and their total in the home currency at reference rates (information, never a price). */
const balanceOverview = z.strictObject({
  balances: z.array(balance),
  total: z.strictObject({
    amount,
    rates: referenceRates.omit({ perEuro: true }),
    /** Held currencies that have no reference rate and are not in the total. */
    excluded: z.array(currency),
  }),
})

export const balances = {
  overview: read({ input: nothing, output: balanceOverview, when: 'signed_in' }),
  /** The total as it was at the end of each of the last 30 days of this computer's calendar, oldest first, all at the rates of `overview`; the last is now. */
  trend: read({ input: nothing, output: z.strictObject({ days: z.array(z.strictObject({ day, total: amount })) }), when: 'signed_in' }),
}

/** Top-ups by bank transfer. Declines: amount_invalid, currency_not_offered, currency_not_held, top_up_finished, sandbox_only. */
export const topUps = {
  offer: read({
    input: nothing,
    output: z.strictObject({ currencies: z.array(z.strictObject({ currency, minimum: amount, maximum: amount, scheme: z.string() })) }),
    when: 'signed_in',
  }),
  create: write({ input: z.strictObject({ id, amount: positiveAmount }), output: topUp, when: 'signed_in' }),
  get: read({ input: z.strictObject({ id }), output: topUp, when: 'signed_in' }),
  list: read({ input: nothing, output: z.strictObject({ topUps: z.array(topUp) }), when: 'signed_in' }),
  cancel: write({ input: z.strictObject({ id }), output: topUp, when: 'signed_in' }),
  /** Sandbox: the simulated bank writes a camt.053 with this transfer, which goes through the same importer as a real one. */
  simulateTransfer: write({ input: z.strictObject({ id }), output: z.strictObject({ statement: z.string() }), when: 'signed_in' }),
}

/** What the payer agrees to. `decline` is set where the service would refuse it now: the slip shows the cause before the button. */
const slip = z.strictObject({
  order,
  from: balance.nullable(),
  amount,
  fee: amount,
  total: amount,
  balanceAfter: amount.nullable(),
  decline: decline.nullable(),
  /** Whether a code has to be given before `confirm`: `secondFactor.ask` with the id of the payment. */
  asksFactor: z.boolean(),
  /** Why it asks, or will wait for somebody to look at it; null where nothing is unusual. */
  risk: riskView.nullable(),
})

/** Paying a shop. `text` is an okpay:// link, a code, or what a QR picture holds; nothing moves before `confirm`. */
export const payments = {
  review: read({ input: z.strictObject({ text: z.string().max(2000) }), output: slip, when: 'signed_in' }),
  /** The intent is saved, then sent. The same id again gives the same payment. */
  confirm: write({
    input: z.strictObject({ id, orderCode: z.string().max(20), total: positiveAmount, shopId: z.string().max(100) }),
    output: payment,
    when: 'signed_in',
  }),
  get: read({ input: z.strictObject({ id }), output: payment, when: 'signed_in' }),
  /** Intents without an answer yet, oldest first. */
  pending: read({ input: nothing, output: z.strictObject({ payments: z.array(payment) }), when: 'signed_in' }),
  /** Tells the shop that this order will not be paid. */
  cancelOrder: write({ input: z.strictObject({ orderCode: z.string().max(20) }), output: order, when: 'signed_in' }),
}

/** Questions to a person. They are numbered and kept; an answer arrives by the feed and by mail. */
export const support = {
  ask: write({
    input: z.strictObject({ id, about: z.string().max(200), text: z.string().min(1).max(4000) }),
    output: question,
    when: 'signed_in',
  }),
  list: read({ input: nothing, output: z.strictObject({ questions: z.array(question) }), when: 'signed_in' }),
  /** Where the people of the service read mail; null where what it tells is no e-mail address. Out of reach: what it told last. */
  contact: read({ input: nothing, output: z.strictObject({ email: email.nullable() }), when: 'signed_in' }),
}

export type Slip = z.infer<typeof slip>
