import { z } from 'zod'
import { country, email, instant } from './scalars.ts'

/** `postalCode` is '' where there is none. */
export const postalAddress = z.strictObject({
  street: z.string().max(400),
  city: z.string().max(200),
  postalCode: z.string().max(40),
  country,
})

/** What is to hold from now on. A telephone number has its country (+49 …). */
export const contactWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), email }),
  z.strictObject({ kind: z.literal('phone'), phone: z.string().max(60) }),
  z.strictObject({ kind: z.literal('address'), address: postalAddress }),
])

/** `undo`: changes that the one that held before can still take back. */
export const contactDetails = z.strictObject({
  email: z.string(),
  phone: z.string().nullable(),
  address: postalAddress.nullable(),
  undo: z.array(z.strictObject({ kind: z.enum(['email', 'phone', 'address']), until: instant })),
})

/** A change waits for the code that went to the new e-mail or telephone; an address holds at once. */
export const contactStep = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('code'),
    changeId: z.string().max(100),
    deliveredBy: z.enum(['smtp', 'sandbox_mailbox']),
    resendAt: instant,
    codeExpiresAt: instant,
  }),
  z.strictObject({ state: z.literal('done'), details: contactDetails }),
])

export type ContactWish = z.infer<typeof contactWish>
export type ContactDetails = z.infer<typeof contactDetails>
export type ContactStep = z.infer<typeof contactStep>
