import { z } from 'zod'
import { codeFromBytes } from '../wire/links.ts'
import { day, instant } from '../wire/scalars.ts'
import { route } from './route.ts'

const hash = z.base64url().length(43)

/** One hash over where every account of the book stood at the end of a day (UTC), signed by the service: `docs/ledger-root.md`. */
export const signedRoot = z.strictObject({
  day,
  /** The top of the tree. */
  tree: hash,
  /** The hash of the root before this one; null where it is the first. */
  before: hash.nullable(),
  at: instant,
  keyId: z.string(),
  /** Ed25519 over `rootText`, base64url. */
  signature: z.string(),
})

/** That an account stands in the tree of a root as told: the hashes beside the way from the top down to its leaf. */
const inclusion = z.strictObject({
  account: z.string(),
  version: z.number().int().nonnegative(),
  chain: hash,
  salt: hash,
  path: z.array(hash).max(256),
})

/** How a service proves what it tells: `docs/ledger-heads.md`, `docs/ledger-root.md`. */
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
  roots: route({
    method: 'GET',
    path: '/v1/roots',
    caller: 'anyone',
    input: z.strictObject({ from: day.optional() }),
    output: z.strictObject({ roots: z.array(signedRoot), newest: day.nullable() }),
    summary: 'The daily roots of this day and later ones, oldest first, at most 366; the newest alone where no day is named',
  }),
  /** Declines: not_found where this is not the newest root (any more). */
  inclusions: route({
    method: 'GET',
    path: '/v1/roots/{day}/inclusions',
    caller: 'session',
    input: z.strictObject({ day }),
    output: z.strictObject({ accounts: z.array(inclusion) }),
    summary: 'The proofs that the own accounts stand in the newest root; an account that was opened since the end of its day has none',
  }),
}

export type SignedRoot = z.infer<typeof signedRoot>
export type Inclusion = z.infer<typeof inclusion>

/** What people compare of a root: 24 characters in groups of four, of the 32 bytes of its hash. */
export const rootFingerprint = (hash: Uint8Array): string => codeFromBytes(hash, 24).replaceAll(/(.{4})(?=.)/g, '$1-')
