import { z } from 'zod'
import { contactWish } from './contactDetails.ts'
import { amount, id, instant, positiveAmount } from './scalars.ts'
import { limitKind } from './shapes.ts'

/** How somebody proves that it is them: the authenticator app, one of ten printed codes, or a code by mail, which is the weakest of them. */
export const way = z.enum(['app', 'recovery', 'mail'])

/**
 * What is approved. A payment, a wish for a higher limit and a device that is signed out are named with all that they are, and with the id of their
 * command: the proof is good for that command alone, and once (dynamic linking: Delegated Regulation (EU) 2018/389, article 5). The others are good for one call within ten minutes.
 */
export const act = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payment'), commandId: id, orderCode: z.string().max(20), shopId: z.string().max(100), total: amount }),
  z.strictObject({ kind: z.literal('limit'), commandId: id, limit: limitKind, amount: positiveAmount }),
  z.strictObject({ kind: z.literal('device'), commandId: id, deviceId: id }),
  z.strictObject({ kind: z.literal('password') }),
  z.strictObject({ kind: z.literal('contact'), wish: contactWish }),
  z.strictObject({ kind: z.literal('unfreeze') }),
  z.strictObject({ kind: z.literal('app_off') }),
  z.strictObject({ kind: z.literal('mail_on') }),
  z.strictObject({ kind: z.literal('mail_off') }),
  z.strictObject({ kind: z.literal('recovery') }),
  z.strictObject({ kind: z.literal('line'), amount }),
  z.strictObject({ kind: z.literal('phrase') }),
])

/** A question that a code answers. Whoever has its id may answer it: it was told to nobody else. `ways`: the strongest first. */
export const challenge = z.strictObject({
  challengeId: z.string().max(100),
  ways: z.array(way).min(1),
  /** Null where the answer signs a device in. */
  approves: act.nullable(),
  expiresAt: instant,
})

/** What keeps an account safe. `line`: payments worth more ask for a code, in euro. */
export const safety = z.strictObject({
  appSince: instant.nullable(),
  mailSince: instant.nullable(),
  recoveryLeft: z.number().int().min(0).max(10),
  line: amount,
  passwordChangedAt: instant,
  /** A new password that was asked for without a second factor holds from then on, unless somebody stops it before; null where none was. */
  resetAt: instant.nullable(),
  /** Stands in each mail to the holder; null where none was chosen, or the service is of before. */
  mailPhrase: z.string().nullable().default(null),
})

export const challengeCode = z.strictObject({ deliveredBy: z.enum(['smtp', 'sandbox_mailbox']), resendAt: instant })

/** The secret in base 32, and the same as the link that authenticator apps read from a QR code. */
export const appSetUp = z.strictObject({ secret: z.string(), uri: z.string() })

/** Told once. */
export const recoveryCodes = z.strictObject({ codes: z.array(z.string().regex(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)).length(10) })

export type Way = z.infer<typeof way>
export type Act = z.infer<typeof act>
export type Challenge = z.infer<typeof challenge>
export type Safety = z.infer<typeof safety>
