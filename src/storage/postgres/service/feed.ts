import type { Change, Feed, FeedRecord } from '../../serviceStore.ts'
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
  sql: `INSERT INTO feed_head (holder_id, last) SELECT holder_id, last FROM ${rowsOf('TEXT', 'BIGINT')} AS fresh (holder_id, last)
    ON CONFLICT (holder_id) DO UPDATE SET last = excluded.last`,
  isRenewed: true,
}
const insert = insertInto('feed_row', 'holder_id, n, at, json', 'TEXT', 'BIGINT', 'BIGINT', 'TEXT')
const ends = {}

/**
 * The head row gives the next number, and is locked by that until the transaction's end: whoever wants n+1 waits until n is committed, or gone
 * and given again. So no number is seen before the one below it, and none is missing (docs/adr/0012-postgresql.md). Two who write the first event of a
 * feed find no row to lock; they meet at that event, and one of them is begun again.
 */
export const postgresFeed = (tx: Transaction, changes: Change[]): Feed => {
  /** Where the feeds that this transaction writes to end. */
  const known = () => tx.shared(ends, () => new Map<string, number>())
  const look = async (lookup: Lookup<Head>, holderId: string): Promise<number> => {
    const last = known().get(holderId) ?? (await tx.look(lookup, holderId))[0]?.last ?? 0
    return known().get(holderId) ?? last
  }
  return {
    append: async (holderId, json, at) => {
      const n = (await look(lockedHead, holderId)) + 1
      known().set(holderId, n)
      tx.put(saveHead, holderId, holderId, n)
      tx.put(insert, `${holderId} ${n}`, holderId, n, at, json)
      changes.push({ type: 'feed', holderId, last: n })
      return n
    },
    page: (holderId, after, limit) =>
      tx.all<FeedRecord>('SELECT n, json FROM feed_row WHERE holder_id = $1 AND n > $2 ORDER BY n LIMIT $3', holderId, after, limit),
    last: holderId => look(head, holderId),
  }
}
