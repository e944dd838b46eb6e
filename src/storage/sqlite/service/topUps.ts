import type { TopUps } from '../../featureRepositories.ts'
import { topUpColumns as columns, type TopUpRow, topUpOf, topUpRow } from '../../rows/topUps.ts'
import type { Database } from '../database.ts'

export const sqliteTopUps = (db: Database): TopUps => ({
  add: async topUp => {
    db.prepare(`INSERT INTO top_up (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(topUpRow(topUp)))
  },
  find: async id => {
    const row = db.prepare<TopUpRow>(`SELECT ${columns.shown} FROM top_up WHERE id = ?`).get(id)
    return row && topUpOf(row)
  },
  save: async topUp => {
    const { id, state, creditedMinor, problem, timeline } = topUpRow(topUp)
    db.prepare('UPDATE top_up SET state = ?, credited_minor = ?, problem = ?, timeline = ? WHERE id = ?').run(
      ...[state, creditedMinor, problem, timeline, id],
    )
  },
  hasReference: async reference => db.prepare('SELECT 1 FROM top_up WHERE reference = ?').get(reference) !== undefined,
  named: async references =>
    db
      .prepare<TopUpRow>(`SELECT ${columns.shown} FROM top_up WHERE reference IN (SELECT value FROM json_each(?))`)
      .all(JSON.stringify(references))
      .map(topUpOf),
  overdue: async (now, limit) =>
    db
      .prepare<TopUpRow>(`SELECT ${columns.shown} FROM top_up WHERE state = 'instructed' AND expires_at <= ? ORDER BY expires_at LIMIT ?`)
      .all(now, limit)
      .map(topUpOf),
})
