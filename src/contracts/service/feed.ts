import { z } from 'zod'
import { id, instant } from '../wire/scalars.ts'
import { balance, limit, payment, posting, profile, question, riskAlert, securityEvent, topUp } from '../wire/shapes.ts'

/** What happened on a holder's account, in one gapless order per holder. Each carries the whole new state of its subject, so that applying twice changes nothing. */
export const feedEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('profile'), profile }),
  z.strictObject({ type: z.literal('balance'), balance, version: z.number().int() }),
  z.strictObject({ type: z.literal('posting'), posting, balance, version: z.number().int() }),
  z.strictObject({ type: z.literal('top_up'), topUp }),
  z.strictObject({ type: z.literal('payment'), payment }),
  z.strictObject({ type: z.literal('limits'), limits: z.array(limit) }),
  z.strictObject({ type: z.literal('question'), question }),
  z.strictObject({ type: z.literal('security'), event: securityEvent }),
  z.strictObject({ type: z.literal('risk'), alert: riskAlert }),
  /** Notes, labels or contacts changed: they are asked for by `readPersonal`, so that no old text stays in the feed. */
  z.strictObject({ type: z.literal('personal') }),
  /** What keeps the account safe changed, or is about to: it is asked for by `safety`. */
  z.strictObject({ type: z.literal('safety') }),
  /** A step of the identity changed: it is asked for by `identity`, so that nothing a person typed stays in the feed. */
  z.strictObject({ type: z.literal('identity') }),
])

const feedRow = z.strictObject({ n: z.number().int().positive(), event: feedEvent })

/** Where each of a holder's accounts stands after row `position`, in the order of their ids, signed by the service: `docs/ledger-heads.md`. */
export const signedHeads = z.strictObject({
  keyId: z.string(),
  holderId: id,
  position: z.number().int().nonnegative(),
  at: instant,
  accounts: z.array(z.strictObject({ account: z.string(), version: z.number().int().nonnegative(), chain: z.string() })),
  /** Ed25519 over `headsText`, base64url. */
  signature: z.string(),
})

/**
 * `last` is the newest number there is; a page holds at most 500 rows, each n one more than the one before. `heads` are told with the page that reaches
 * the newest row, else null.
 */
export const feedPage = z.strictObject({
  rows: z.array(feedRow),
  last: z.number().int().nonnegative(),
  heads: signedHeads.nullable(),
})

/**
 * A page of a feed as far as it is compacted, to row `upTo`: rows whose subject a later one of them tells anew are gone, so their numbers grow with gaps.
 * The page ends with its last row; `heads` stand at `upTo` and are told with the page that reaches it, else null. Without rows where nothing is compacted
 * beyond `after`.
 */
export const snapshotPage = z.strictObject({
  rows: z.array(feedRow),
  upTo: z.number().int().nonnegative(),
  last: z.number().int().nonnegative(),
  heads: signedHeads.nullable(),
})

/** A nudge on the socket: ask the feed. */
export const nudge = z.strictObject({ last: z.number().int() })

export type FeedEvent = z.infer<typeof feedEvent>
export type FeedPage = z.infer<typeof feedPage>
export type SnapshotPage = z.infer<typeof snapshotPage>
export type SignedHeads = z.infer<typeof signedHeads>
