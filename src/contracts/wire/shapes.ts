import { z } from 'zod'
import { limitKinds, limitRails, moneySources } from '#core/limits/policy.ts'
import { type RuleName, ruleNames } from '#core/risk/rules/index.ts'
import { amount, country, currency, decline, email, id, instant } from './scalars.ts'

/** What both the bridge and the service say of the same thing. */

export const profile = z.strictObject({
  holderId: id,
  email,
  name: z.string(),
  country,
  registeredAt: instant,
  /** IANA name: the person's days begin at its midnight. Not told by a service of before. */
  timeZone: z.string().max(60).optional(),
  /** Set while a security hold stands on the account: money out stops. */
  securityHoldSince: instant.nullable(),
})

export const balance = z.strictObject({ currency, posted: amount, held: amount, available: amount })

const topUpState = z.enum(['instructed', 'detected', 'credited', 'cancelled', 'expired'])

/** A top-up by bank transfer. Every state that it went through is dated in `timeline`. */
export const topUp = z.strictObject({
  id,
  state: topUpState,
  method: z.literal('bank'),
  amount,
  fee: amount,
  /** What was credited: a bank may send less or more than was announced. */
  credited: amount.nullable(),
  /** ISO 11649, without spaces. */
  reference: z.string(),
  instructions: z.strictObject({
    accountHolder: z.string(),
    /** IBAN, or the local account number of `scheme`. */
    account: z.string(),
    bic: z.string(),
    bankName: z.string(),
    scheme: z.string(),
    /** EPC069-12 payload for a banking app; only where the currency is EUR. */
    epcPayload: z.string().nullable(),
  }),
  expectedBy: instant,
  expiresAt: instant,
  /** Where a bank entry was seen but could not be credited: the problem's code. */
  problem: z.string().nullable(),
  timeline: z.array(z.strictObject({ state: topUpState, at: instant })),
})

const orderState = z.enum(['open', 'held', 'paid', 'cancelled', 'expired'])

/** What a shop asks for. */
export const order = z.strictObject({
  id,
  /** Eight Crockford base-32 characters, shown as XXXX-XXXX. */
  code: z.string(),
  state: orderState,
  shop: z.strictObject({ id: z.string(), name: z.string(), verified: z.boolean(), sandbox: z.boolean() }),
  shopReference: z.string(),
  lines: z.array(z.strictObject({ title: z.string(), quantity: z.number().int().positive(), amount })),
  amount,
  createdAt: instant,
  expiresAt: instant,
  returnUrl: z.string().nullable(),
})

const paymentState = z.enum(['pending', 'held', 'captured', 'declined', 'voided'])

/** A payment of an order by this holder. `pending` is an intent that the service has not answered yet: never a balance. */
export const payment = z.strictObject({
  id,
  state: paymentState,
  order,
  amount,
  fee: amount,
  total: amount,
  balanceAfter: amount.nullable(),
  decline: decline.nullable(),
  timeline: z.array(z.strictObject({ state: z.enum(['confirmed', 'held', 'captured', 'declined', 'voided']), at: instant })),
})

export const limitKind = z.enum(limitKinds)

/** A limit of what leaves by `rail` alone, or by any (null). Its figures are in euro. */
export const limit = z.strictObject({
  kind: limitKind,
  rail: z.enum(limitRails).nullable().default(null),
  /** What holds now. */
  amount,
  /** What the person may set it to by themselves; null where it cannot be set. */
  most: amount.nullable().default(null),
  used: amount,
  left: amount,
  /** When what is used frees up; null where nothing is. */
  freesUpAt: instant.nullable(),
  /** A request to raise it that waits for an answer. */
  requested: z.strictObject({ amount, at: instant }).nullable(),
  /** To what it goes up by the person's own wish, and when. */
  waiting: z.strictObject({ amount, at: instant }).nullable().default(null),
  /** The last answer to a request; `amount` is null where it was no. */
  answered: z.strictObject({ asked: amount, amount: amount.nullable(), at: instant, reason: z.string() }).nullable().default(null),
})

export const moneySource = z.enum(moneySources)

export const question = z.strictObject({
  id,
  number: z.number().int(),
  about: z.string(),
  text: z.string(),
  state: z.enum(['open', 'answered', 'closed']),
  askedAt: instant,
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
})

/** A device that is signed in. `country`: where it was used last, where the service knows it. */
export const device = z.strictObject({
  id,
  name: z.string(),
  system: z.string(),
  addedAt: instant,
  /** To the hour. */
  usedAt: instant.nullable(),
  country: country.nullable(),
})

/** What happened to the safety of an account. `byDevice`: which device did it, where it was another. */
export const securityEvent = z.strictObject({
  id,
  at: instant,
  what: z.enum(['device_added', 'device_renamed', 'device_revoked', 'device_signed_out']),
  device: z.strictObject({ id, name: z.string(), system: z.string() }),
  country: country.nullable(),
  byDevice: id.nullable(),
})

const rules = ruleNames as readonly [RuleName, ...RuleName[]]

/** Why a payment looks unusual: a rule and what it saw, as text. Told in words by `sayRiskReason`. */
export const riskReason = z.strictObject({ rule: z.enum(rules), detail: z.record(z.string(), z.string()) })

/** What the service thinks of a payment that is not simply allowed. `challenge`: it asks for a code; `hold`: its money is set aside until somebody has looked at it. */
export const riskView = z.strictObject({ decision: z.enum(['challenge', 'hold']), reasons: z.array(riskReason) })

/**
 * A payment that was not simply allowed. asked: it needs a code, and has none yet; waiting: its money is set aside until a person of the service has looked at
 * it. `answer`: what the holder said of it.
 */
export const riskAlert = z.strictObject({
  id,
  at: instant,
  state: z.enum(['asked', 'confirmed', 'waiting', 'approved', 'refused', 'denied', 'lapsed']),
  shop: z.string(),
  amount,
  device: z.strictObject({ id, name: z.string() }),
  reasons: z.array(riskReason),
  endsAt: instant.nullable(),
  answer: z.enum(['me', 'not_me']).nullable(),
})

/** European Central Bank reference rates: units of the currency for one euro, as decimals. Information only, never a price. */
export const referenceRates = z.strictObject({
  source: z.literal('ecb'),
  on: z.iso.date(),
  origin: z.enum(['live', 'bundled']),
  perEuro: z.record(z.string(), z.string()),
})

export const mail = z.strictObject({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), sentAt: instant })

const postingKind = z.enum(['top_up', 'payment', 'transfer', 'exchange', 'fee', 'reversal'])

/**
 * One leg of a posting. `account` names the holder's own account, the shop, a fee account or a rail. An own leg carries its version and the end of its
 * account's hash chain (core/ledger/chain.ts), by which the wallet checks what it is told.
 */
export const leg = z.strictObject({
  account: z.string(),
  amount,
  version: z.number().int(),
  chain: z.string().max(43),
  own: z.boolean(),
  label: z.string(),
})

export const posting = z.strictObject({
  id,
  kind: postingKind,
  /** The top-up or payment that it belongs to. */
  subject: id,
  effectiveAt: instant,
  recordedAt: instant,
  legs: z.array(leg),
})

export type Profile = z.infer<typeof profile>
export type BalanceWire = z.infer<typeof balance>
export type TopUp = z.infer<typeof topUp>
export type Order = z.infer<typeof order>
export type Payment = z.infer<typeof payment>
export type Limit = z.infer<typeof limit>
export type MoneySource = z.infer<typeof moneySource>
export type Question = z.infer<typeof question>
export type ReferenceRates = z.infer<typeof referenceRates>
export type DeviceWire = z.infer<typeof device>
export type RiskAlert = z.infer<typeof riskAlert>
export type RiskView = z.infer<typeof riskView>
export type RiskReason = z.infer<typeof riskReason>
export type SecurityEvent = z.infer<typeof securityEvent>
export type PostingWire = z.infer<typeof posting>
