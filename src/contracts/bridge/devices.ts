import { z } from 'zod'
import { type CommandType, commandBodies } from '../service/commands.ts'
import { read, write } from '../wire/method.ts'
import { amount, id, instant } from '../wire/scalars.ts'
import { device, securityEvent } from '../wire/shapes.ts'

const nothing = z.strictObject({})
const listed = device.extend({ isThis: z.boolean() })

const kinds = Object.keys(commandBodies) as [CommandType, ...CommandType[]]

/** A wish that stood in the outbox when this device was signed out from elsewhere: it was not sent, and is not sent any more. */
const unsentWish = z.strictObject({
  id,
  kind: z.enum(kinds),
  madeAt: instant,
  amount: amount.nullable(),
  /** The shop that was to be paid; '' where none was. */
  payee: z.string(),
})

/** Where this account is signed in. Declines: not_found, not_allowed (this device: sign out instead), device_name_invalid. */
export const devices = {
  /** Asks the service: faults of the service. */
  list: read({ input: nothing, output: z.strictObject({ devices: z.array(listed) }), when: 'signed_in' }),
  /** What happened to the safety of the account, newest first; kept here, so also told out of the service's reach. */
  events: read({
    input: nothing,
    output: z.strictObject({ events: z.array(securityEvent.extend({ isThis: z.boolean() })) }),
    when: 'signed_in',
  }),
  rename: write({ input: z.strictObject({ id, deviceId: id, name: z.string().max(400) }), output: device, when: 'signed_in' }),
  /** Signs another device out at once; its key is refused for ever. */
  revoke: write({ input: z.strictObject({ id, deviceId: id }), output: device, when: 'signed_in' }),
  /** What this device had not sent when it was signed out from elsewhere; told until the person has read it. */
  unsent: read({ input: nothing, output: z.strictObject({ wishes: z.array(unsentWish) }), when: 'unlocked' }),
  forgetUnsent: write({ input: nothing, output: z.strictObject({ forgotten: z.literal(true) }), when: 'unlocked' }),
}

export type DeviceView = z.infer<typeof listed>
export type UnsentWish = z.infer<typeof unsentWish>
