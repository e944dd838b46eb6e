import { eventsOf, feedRowsAtOnce, feedText, type OpenFeedRow, takesMore, withEvent } from '../../rows/feed.ts'
import type { Change, Feed, FeedRecord } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

/** What a work tells a holder, until its end; `last` is the number of its last event. */
type OpenRow = OpenFeedRow & { readonly last: number }

/** `end` writes what the work that runs has told, or forgets it. */
export type SqliteFeed = Feed & { end(stands: boolean): void }

/**
 * The head row gives the next number inside the same transaction as the row itself: no gap and no double, however many write. What a work tells a holder
 * stands in one row, a line each.
 */
export function sqliteFeed(db: Database, changes: Change[]): SqliteFeed {
  const open = new Map<string, OpenRow>()
  const lastOf = (holderId: string): number =>
    open.get(holderId)?.last ?? db.prepare<{ last: number }>('SELECT last FROM feed_head WHERE holder_id = ?').get(holderId)?.last ?? 0
  const write = (holderId: string, { last, ...row }: OpenRow): void => {
    db.prepare('INSERT INTO feed_head (holder_id, last) VALUES (?, ?) ON CONFLICT (holder_id) DO UPDATE SET last = excluded.last').run(
      ...[holderId, last],
    )
    db.prepare('INSERT INTO feed_row (holder_id, n, at, json) VALUES (?, ?, ?, ?)').run(holderId, last, row.at, feedText(row))
  }
  const writeAll = (): void => {
    for (const [holderId, row] of open) write(holderId, row)
    open.clear()
  }
  return {
    append: async (holderId, json, at) => {
      const waiting = open.get(holderId)
      const before = waiting && takesMore(waiting, at) ? waiting : undefined
      if (waiting && !before) writeAll()
      const last = lastOf(holderId) + 1
      open.set(holderId, { ...withEvent(before, json, at), last })
      changes.push({ type: 'feed', holderId, last })
      return last
    },
    page: async (holderId, after, limit) => {
      writeAll()
      const events: FeedRecord[] = []
      for (let from = after; ; ) {
        const rows = db
          .prepare<FeedRecord>('SELECT n, json FROM feed_row WHERE holder_id = ? AND n > ? ORDER BY n LIMIT ?')
          .all(holderId, from, feedRowsAtOnce)
        events.push(...eventsOf(rows, after))
        if (events.length >= limit || rows.length < feedRowsAtOnce) return events.slice(0, limit)
        from = rows.at(-1)?.n ?? from
      }
    },
    last: async holderId => lastOf(holderId),
    end: stands => {
      if (stands) writeAll()
      open.clear()
    },
  }
}
