import { z } from 'zod'
import { instant } from '../wire/scalars.ts'
import { device } from '../wire/shapes.ts'
import { route } from './route.ts'

/** The devices of a holder, and the token of the one that asks. Naming and revoking are commands (commands.ts). */
export const deviceRoutes = {
  devices: route({
    method: 'GET',
    path: '/v1/devices',
    caller: 'session',
    input: z.strictObject({}),
    output: z.strictObject({ devices: z.array(device.extend({ isThis: z.boolean() })) }),
    summary: 'The devices that are signed in, in the order in which they were added',
  }),
  /** Declines: signature_invalid, session_expired, device_revoked, not_signed_in. */
  rotateSession: route({
    method: 'POST',
    path: '/v1/sessions/current/token',
    caller: 'device',
    /** `at` is within five minutes of the service's time. `signature`: Ed25519 by the device's key over `rotationText` (signing.ts), base64url. */
    input: z.strictObject({ at: instant, signature: z.base64url().length(86) }),
    output: z.strictObject({ token: z.string() }),
    summary:
      'Exchange the token of a session. The old one is good for two minutes more, and can be exchanged again: a lost answer loses nothing',
  }),
}
