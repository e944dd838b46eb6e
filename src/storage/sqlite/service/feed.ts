import { eventsOf, feedRowsAtOnce, feedText, type OpenFeedRow, takesMore, withEvent, without } from '../../rows/feed.ts'
import type { Change, DatedFeedRecord, Feed, FeedCompaction, FeedRecord, StandingRow } from '../../serviceStore.ts'
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
  const remove = (holderId: string, removed: readonly number[]): void => {
    const holding = db.prepare<FeedRecord>('SELECT n, json FROM feed_row WHERE holder_id = ? AND n >= ? ORDER BY n LIMIT 1')
    const gone = new Set(removed)
    let done = 0
    for (const n of [...gone].sort((a, b) => a - b)) {
      const row = n > done ? holding.get(holderId, n) : undefined
      if (!row) continue
      done = row.n
      const left = without(row, gone)
      if (left === undefined) db.prepare('DELETE FROM feed_row WHERE holder_id = ? AND n = ?').run(holderId, row.n)
      else db.prepare('UPDATE feed_row SET json = ? WHERE holder_id = ? AND n = ?').run(left, holderId, row.n)
    }
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
    compactable: async (after, keptRows, limit) =>
      db
        .prepare<{ holderId: string }>(
          `SELECT h.holder_id AS holderId FROM feed_head h LEFT JOIN feed_compaction c ON c.holder_id = h.holder_id
           WHERE h.holder_id > ? AND h.last - coalesce(c.n, 0) > ? ORDER BY h.holder_id LIMIT ?`,
        )
        .all(after, keptRows, limit)
        .map(({ holderId }) => holderId),
    compaction: async holderId => db.prepare<FeedCompaction>('SELECT n, heads FROM feed_compaction WHERE holder_id = ?').get(holderId),
    dated: async (holderId, after, limit) => {
      writeAll()
      const rows = db
        .prepare<DatedFeedRecord>('SELECT n, at, json FROM feed_row WHERE holder_id = ? AND n > ? ORDER BY n LIMIT ?')
        .all(holderId, after, limit)
      return eventsOf(rows, after).slice(0, limit)
    },
    standing: async (holderId, subjects) =>
      db
        .prepare<StandingRow>('SELECT subject, n FROM feed_standing WHERE holder_id = ? AND subject IN (SELECT value FROM json_each(?))')
        .all(holderId, JSON.stringify(subjects)),
    compact: async (holderId, before, { n, heads, removed, standing }) => {
      if (before === 0) db.prepare('INSERT INTO feed_compaction (holder_id, n, heads) VALUES (?, ?, ?)').run(holderId, n, heads)
      else db.prepare('UPDATE feed_compaction SET n = ?, heads = ? WHERE holder_id = ? AND n = ?').run(n, heads, holderId, before)
      remove(holderId, removed)
      const stand = db.prepare(
        'INSERT INTO feed_standing (holder_id, subject, n) VALUES (?, ?, ?) ON CONFLICT (holder_id, subject) DO UPDATE SET n = excluded.n',
      )
      for (const row of standing) stand.run(holderId, row.subject, row.n)
    },
    end: stands => {
      if (stands) writeAll()
      open.clear()
    },
  }
}
