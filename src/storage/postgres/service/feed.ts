import type { Change, Feed, FeedRecord } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

/**
 * The head row gives the next number, and is locked by that until the transaction's end: whoever wants n+1 waits until n is committed, or gone
 * and given again. So no number is seen before the one below it, and none is missing (docs/adr/0012-postgresql.md).
 */
export const postgresFeed = (tx: Transaction, changes: Change[]): Feed => ({
  append: async (holderId, json, at) => {
    const row = await tx.get<{ n: number }>(
      `WITH head AS (
         INSERT INTO feed_head (holder_id, last) VALUES ($1, 1) ON CONFLICT (holder_id) DO UPDATE SET last = feed_head.last + 1 RETURNING last)
       INSERT INTO feed_row (holder_id, n, at, json) SELECT $1, last, $2, $3 FROM head RETURNING n`,
      ...[holderId, at, json],
    )
    if (!row) throw new Error('the head of a feed was not returned')
    changes.push({ type: 'feed', holderId, last: row.n })
    return row.n
  },
  page: (holderId, after, limit) =>
    tx.all<FeedRecord>('SELECT n, json FROM feed_row WHERE holder_id = $1 AND n > $2 ORDER BY n LIMIT $3', holderId, after, limit),
  last: async holderId => (await tx.get<{ last: number }>('SELECT last FROM feed_head WHERE holder_id = $1', holderId))?.last ?? 0,
})
