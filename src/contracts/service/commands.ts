import { z } from 'zod'
import { documentAddress, documentDetails, financialDetails, personDetails } from '../wire/identity.ts'
import { amount, currency, id, instant, positiveAmount } from '../wire/scalars.ts'
import { limitKind, moneySource } from '../wire/shapes.ts'

/** Of the step as it was seen by who hands it in. */
const revision = z.number().int().nonnegative()
const files = z.array(documentAddress).max(20)

/** What a holder's device may command. Each is idempotent by `id`; the ones that move money are dynamic-linked: signed over payee, amount and currency. */
export const commandBodies = {
  'currencies.open': z.strictObject({ currencies: z.array(currency).min(1).max(60) }),
  'top_up.create': z.strictObject({ amount: positiveAmount }),
  'top_up.cancel': z.strictObject({ topUpId: id }),
  'payment.confirm': z.strictObject({ orderCode: z.string(), shopId: z.string(), total: amount }),
  'order.cancel': z.strictObject({ orderCode: z.string() }),
  'limit.set': z.strictObject({ kind: limitKind, amount: positiveAmount }),
  'limit.ask_raise': z.strictObject({
    kind: limitKind,
    amount: positiveAmount,
    reason: z.string().min(1).max(1000),
    source: moneySource.optional(),
  }),
  'limit.move_day': z.strictObject({ timeZone: z.string().max(60) }),
  'question.ask': z.strictObject({ about: z.string().max(200), text: z.string().min(1).max(4000) }),
  /** Whether a payment that was looked at was the holder's own. */
  'risk.answer': z.strictObject({ alertId: id, mine: z.boolean() }),
  'device.rename': z.strictObject({ deviceId: id, name: z.string().max(400) }),
  'device.revoke': z.strictObject({ deviceId: id }),
  'identity.details': z.strictObject({ revision, details: personDetails }),
  'identity.document': z.strictObject({ revision, document: documentDetails, files }),
  'identity.financial': z.strictObject({ revision, financial: financialDetails, files }),
} as const

export type CommandType = keyof typeof commandBodies
export type CommandBody<T extends CommandType> = z.infer<(typeof commandBodies)[T]>

const types = Object.keys(commandBodies) as [CommandType, ...CommandType[]]

/** `signature`: Ed25519 by the device's key over `signedBytes` (signing.ts), base64url. */
export const command = z.strictObject({
  id,
  type: z.enum(types),
  body: z.record(z.string(), z.unknown()),
  madeAt: instant,
  signature: z.base64url().length(86),
})

export type Command = z.infer<typeof command>
