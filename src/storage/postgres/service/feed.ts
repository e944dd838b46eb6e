import { eventsOf, feedRowsAtOnce, feedText, type OpenFeedRow, takesMore, withEvent, without } from '../../rows/feed.ts'
import type { Change, DatedFeedRecord, Feed, FeedCompaction, FeedRecord, StandingRow } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { insertInto, type Lookup, rowsOf, type Write } from '../together.ts'

type Head = { readonly holderId: string; readonly last: number }

const head: Lookup<Head> = {
  table: 'feed_head',
  sql: 'SELECT holder_id AS "holderId", last FROM feed_head WHERE holder_id = ANY ($1) ORDER BY holder_id',
  keyOf: ({ holderId }) => [holderId],
  isRemembered: true,
}
const lockedHead: Lookup<Head> = { ...head, isLocked: true }
const saveHead: Write = {
  table: 'feed_head',
  sql: `UPDATE feed_head SET last = fresh.last FROM ${rowsOf('TEXT', 'BIGINT')} AS fresh (holder_id, last)
    WHERE feed_head.holder_id = fresh.holder_id`,
  isRenewed: true,
  changesEach: true,
}
const insert: Write = { ...insertInto('feed_row', 'holder_id, n, at, json', 'TEXT', 'BIGINT', 'BIGINT', 'TEXT'), isRenewed: true }
const ends = {}
const rows = {}

type OpenRow = OpenFeedRow & { readonly key: string }

/**
 * The head row gives the next number, and is locked by that until the transaction's end: whoever wants n+1 waits until n is committed, or gone
 * and given again. So no number is seen before the one below it, and none is missing (docs/adr/0012-postgresql.md). Before the first event the
 * row is made: who comes second waits at it. What a transaction tells a holder stands in one row, a line each.
 */
export const postgresFeed = (tx: Transaction, changes: Change[]): Feed => {
  /** Where the feeds that this transaction writes to end. */
  const known = () => tx.shared(ends, () => new Map<string, number>())
  const open = () => tx.shared(rows, () => new Map<string, OpenRow>())
  const look = async (lookup: Lookup<Head>, holderId: string): Promise<number | undefined> =>
    known().get(holderId) ?? (await tx.look(lookup, holderId))[0]?.last
  const lock = async (holderId: string): Promise<number> => {
    const found = await look(lockedHead, holderId)
    if (found !== undefined) return found
    await tx.run('INSERT INTO feed_head (holder_id, last) VALUES ($1, 0) ON CONFLICT (holder_id) DO NOTHING', holderId)
    return (await look(lockedHead, holderId)) ?? 0
  }
  const remove = async (holderId: string, removed: readonly number[]): Promise<void> => {
    const gone = new Set(removed)
    let done = 0
    for (const n of [...gone].sort((a, b) => a - b)) {
      if (n <= done) continue
      const row = await tx.get<FeedRecord>('SELECT n, json FROM feed_row WHERE holder_id = $1 AND n >= $2 ORDER BY n LIMIT 1', holderId, n)
      if (!row) continue
      done = row.n
      const left = without(row, gone)
      if (left === undefined) await tx.run('DELETE FROM feed_row WHERE holder_id = $1 AND n = $2', holderId, row.n)
      else await tx.run('UPDATE feed_row SET json = $1 WHERE holder_id = $2 AND n = $3', left, holderId, row.n)
    }
  }
  return {
    append: async (holderId, json, at) => {
      const last = await lock(holderId)
      // Another work of this transaction may have written to the same feed meanwhile.
      const n = (known().get(holderId) ?? last) + 1
      known().set(holderId, n)
      tx.put(saveHead, holderId, holderId, n)
      const waiting = open().get(holderId)
      const before = waiting && takesMore(waiting, at) && tx.isPut(insert, waiting.key) ? waiting : undefined
      const row = { ...withEvent(before, json, at), key: before?.key ?? `${holderId} ${n}` }
      open().set(holderId, row)
      tx.put(insert, row.key, holderId, n, at, feedText(row))
      changes.push({ type: 'feed', holderId, last: n })
      return n
    },
    page: async (holderId, after, limit) => {
      const events: FeedRecord[] = []
      for (let from = after; ; ) {
        const rows = await tx.all<FeedRecord>(
          'SELECT n, json FROM feed_row WHERE holder_id = $1 AND n > $2 ORDER BY n LIMIT $3',
          ...[holderId, from, feedRowsAtOnce],
        )
        events.push(...eventsOf(rows, after))
        if (events.length >= limit || rows.length < feedRowsAtOnce) return events.slice(0, limit)
        from = rows.at(-1)?.n ?? from
      }
    },
    last: async holderId => (await look(head, holderId)) ?? 0,
    compactable: async (after, keptRows, limit) =>
      (
        await tx.all<{ holderId: string }>(
          `SELECT h.holder_id AS "holderId" FROM feed_head h LEFT JOIN feed_compaction c ON c.holder_id = h.holder_id
           WHERE h.holder_id > $1 AND h.last - coalesce(c.n, 0) > $2 ORDER BY h.holder_id LIMIT $3`,
          ...[after, keptRows, limit],
        )
      ).map(({ holderId }) => holderId),
    compaction: holderId => tx.get<FeedCompaction>(`SELECT n, heads FROM feed_compaction WHERE holder_id = $1${tx.forUpdate}`, holderId),
    dated: async (holderId, after, limit) => {
      const rows = await tx.all<DatedFeedRecord>(
        'SELECT n, at, json FROM feed_row WHERE holder_id = $1 AND n > $2 ORDER BY n LIMIT $3',
        ...[holderId, after, limit],
      )
      return eventsOf(rows, after).slice(0, limit)
    },
    standing: (holderId, subjects) =>
      tx.all<StandingRow>('SELECT subject, n FROM feed_standing WHERE holder_id = $1 AND subject = ANY ($2)', holderId, subjects),
    compact: async (holderId, before, { n, heads, removed, standing }) => {
      // Where two begin at once, the second finds the row of the first, and looks anew.
      if (before === 0) await tx.run('INSERT INTO feed_compaction (holder_id, n, heads) VALUES ($1, $2, $3)', holderId, n, heads)
      else await tx.run('UPDATE feed_compaction SET n = $1, heads = $2 WHERE holder_id = $3 AND n = $4', n, heads, holderId, before)
      await remove(holderId, removed)
      await tx.run(
        `INSERT INTO feed_standing (holder_id, subject, n) SELECT holder_id, subject, n FROM ${rowsOf('TEXT', 'TEXT', 'BIGINT')} AS fresh (holder_id, subject, n)
         ON CONFLICT (holder_id, subject) DO UPDATE SET n = excluded.n`,
        ...[standing.map(() => holderId), standing.map(({ subject }) => subject), standing.map(row => row.n)],
      )
    },
  }
}
