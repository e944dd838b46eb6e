import { limitColumns as columns, type LimitRow, limitOf, limitRow } from '../../rows/limits.ts'
import type { Limits } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteLimits = (db: Database): Limits => ({
  find: async (holderId, kind) => {
    const row = db.prepare<LimitRow>(`SELECT ${columns.shown} FROM payment_limit WHERE holder_id = ? AND kind = ?`).get(holderId, kind)
    return row && limitOf(row)
  },
  save: async limit => {
    db.prepare(
      `INSERT INTO payment_limit (${columns.names}) VALUES (${columns.marks}) ON CONFLICT (holder_id, kind) DO UPDATE SET ${columns.renewed}`,
    ).run(...columns.values(limitRow(limit)))
  },
  requested: async (after, most) =>
    db
      .prepare<LimitRow>(
        `SELECT ${columns.shown} FROM payment_limit WHERE requested IS NOT NULL AND (holder_id, kind) > (?, ?) ORDER BY holder_id, kind LIMIT ?`,
      )
      .all(after?.holderId ?? '', after?.kind ?? '', most)
      .map(limitOf),
  used: async (holderId, day) =>
    db
      .prepare<{ used: bigint | null }>('SELECT sum(eur_minor) AS used FROM limit_use WHERE holder_id = ? AND day = ?', { bigints: true })
      .get(holderId, day)?.used ?? 0n,
  use: async ({ paymentId, holderId, day, eurMinor }) => {
    db.prepare('INSERT INTO limit_use (payment_id, holder_id, day, eur_minor) VALUES (?, ?, ?, ?)').run(paymentId, holderId, day, eurMinor)
  },
})
