import { z } from 'zod'
import { balance, limit, payment, posting, profile, question, topUp } from '../wire/shapes.ts'

/** What happened on a holder's account, in one gapless order per holder. Each carries the whole new state of its subject, so that applying twice changes nothing. */
export const feedEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('profile'), profile }),
  z.strictObject({ type: z.literal('balance'), balance, version: z.number().int() }),
  z.strictObject({ type: z.literal('posting'), posting, balance, version: z.number().int() }),
  z.strictObject({ type: z.literal('top_up'), topUp }),
  z.strictObject({ type: z.literal('payment'), payment }),
  z.strictObject({ type: z.literal('limits'), limits: z.array(limit) }),
  z.strictObject({ type: z.literal('question'), question }),
])

export const feedRow = z.strictObject({ n: z.number().int().positive(), event: feedEvent })

/** `last` is the newest number there is; a page holds at most 500 rows, each n one more than the one before. */
export const feedPage = z.strictObject({ rows: z.array(feedRow), last: z.number().int().nonnegative() })

/** A nudge on the socket: ask the feed. */
export const nudge = z.strictObject({ last: z.number().int() })

export type FeedEvent = z.infer<typeof feedEvent>
export type FeedPage = z.infer<typeof feedPage>
