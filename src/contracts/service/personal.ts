import { z } from 'zod'
import { route } from './route.ts'

/** What a person wrote on movements and of contacts, as registers: `core/personal`. The service keeps the newest of each and can read it. */

const stamp = z.strictObject({
  ms: z.number().int().nonnegative(),
  count: z.number().int().nonnegative(),
  device: z.string().min(1).max(60),
})

/** Longer than any value that a wallet lets a person write. */
const value = z
  .string()
  .max(4_000)
  .refine(text => text.isWellFormed() && !text.includes('\0'), { error: 'not a text' })

const register = z.strictObject({
  subject: z.string().regex(/^(movement|contact):[\w:.-]{1,100}$/),
  field: z.string().regex(/^(note|name|email|removed|label:[^\0]{1,100})$/u),
  /** Null: what stood here was taken away. */
  value: value.nullable(),
  stamp,
})

export type WrittenRegister = z.infer<typeof register>

export const personalRoutes = {
  writePersonal: route({
    method: 'POST',
    path: '/v1/personal',
    caller: 'signer',
    /** `signature`: Ed25519 by the device's key over `personalText` (signing.ts), base64url. */
    input: z.strictObject({ registers: z.array(register).min(1).max(100), signature: z.base64url().length(86) }),
    /** Those of the same places of which the service holds a later one. */
    output: z.strictObject({ later: z.array(register) }),
    summary:
      "Keep notes, labels and contacts of this device; of each register the latest stands. Signed by its key. 409 dated_ahead: the device's clock is wrong",
  }),
  readPersonal: route({
    method: 'GET',
    path: '/v1/personal',
    caller: 'session',
    input: z.strictObject({ after: z.coerce.number().int().nonnegative() }),
    /** `next` is where to go on; `isLast`: nothing more was there. */
    output: z.strictObject({ registers: z.array(register), next: z.number().int().nonnegative(), isLast: z.boolean() }),
    summary: 'Notes, labels and contacts that changed after row n of the feed, each as it is now',
  }),
}
