import { z } from 'zod'
import { route } from './route.ts'

/** How a service proves what it tells: `docs/ledger-heads.md`. */
export const proofRoutes = {
  /** `keyId` is the key that signs now: who asks twice makes one key. Declines: not_found where another signs, not_allowed after 100 keys. */
  rotateKey: route({
    method: 'POST',
    path: '/v1/operator/keys',
    caller: 'operator',
    input: z.strictObject({ keyId: z.string().max(20) }),
    output: z.strictObject({ keyId: z.string() }),
    summary: 'Make a new signing key, endorsed by the one before; it signs from then on, at every instance',
  }),
}
