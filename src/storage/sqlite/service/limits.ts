import { limitColumns as columns, type LimitRow, limitOf, limitRow } from '../../rows/limits.ts'
import type { Limits, LimitUse } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteLimits = (db: Database): Limits => ({
  ofHolder: async holderId =>
    db.prepare<LimitRow>(`SELECT ${columns.shown} FROM payment_limit WHERE holder_id = ? ORDER BY kind`).all(holderId).map(limitOf),
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
  used: async (holderId, month) =>
    db
      .prepare<LimitUse>(
        'SELECT day, rail, sum(eur_minor) AS "eurMinor" FROM limit_use WHERE holder_id = ? AND day BETWEEN ? AND ? GROUP BY day, rail',
        { bigints: true },
      )
      .all(holderId, `${month}-01`, `${month}-31`),
  use: async ({ paymentId, holderId, day, rail, eurMinor }) => {
    const sql = 'INSERT INTO limit_use (payment_id, holder_id, day, rail, eur_minor) VALUES (?, ?, ?, ?, ?)'
    db.prepare(sql).run(paymentId, holderId, day, rail, eurMinor)
  },
  release: async paymentId => {
    db.prepare('DELETE FROM limit_use WHERE payment_id = ?').run(paymentId)
  },
})
