import type { AccountId } from './account.ts'
import type { PostedLeg, Posting } from './command.ts'

/** SHA-256 of a text in UTF-8, as base64url without padding (43 characters). Given, for this room has no cryptography. */
export type Digest = (text: string) => string

/** Where an account's chain begins, before its first leg. */
export const chainStart = (digest: Digest, account: AccountId): string => digest(JSON.stringify(['okpay.account.1', account]))

/**
 * The link that a leg adds to its account's chain: the digest of a JSON array without white space (RFC 8785), whose amounts are decimal integers in smallest
 * units and whose times are milliseconds since 1970 in UTC. `docs/ledger-chain.md` says it for strangers, with test vectors.
 */
export function chainLink(
  digest: Digest,
  before: string,
  { account, version, minor, after }: Omit<PostedLeg, 'chain'>,
  { id, kind, subject, effectiveAt, recordedAt }: Omit<Posting, 'legs' | 'reverses'>,
): string {
  return digest(
    JSON.stringify(['okpay.leg.1', before, account, version, id, kind, subject, effectiveAt, recordedAt, String(minor), String(after)]),
  )
}
