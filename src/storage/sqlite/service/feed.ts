import type { Change, Feed, FeedRecord } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

/** The head row gives the next number inside the same transaction as the row itself: no gap and no double, however many write. */
export const sqliteFeed = (db: Database, changes: Change[]): Feed => ({
  append: async (holderId, json, at) => {
    const head = db
      .prepare<{ last: number }>(
        'INSERT INTO feed_head (holder_id, last) VALUES (?, 1) ON CONFLICT (holder_id) DO UPDATE SET last = last + 1 RETURNING last',
      )
      .get(holderId)
    if (!head) throw new Error('the head of a feed was not returned')
    db.prepare('INSERT INTO feed_row (holder_id, n, at, json) VALUES (?, ?, ?, ?)').run(holderId, head.last, at, json)
    changes.push({ type: 'feed', holderId, last: head.last })
    return head.last
  },
  page: async (holderId, after, limit) =>
    db.prepare<FeedRecord>('SELECT n, json FROM feed_row WHERE holder_id = ? AND n > ? ORDER BY n LIMIT ?').all(holderId, after, limit),
  last: async holderId => db.prepare<{ last: number }>('SELECT last FROM feed_head WHERE holder_id = ?').get(holderId)?.last ?? 0,
})
