import type { TopUps } from '../../featureRepositories.ts'
import { topUpColumns as columns, type TopUpRow, topUpOf, topUpRow } from '../../rows/topUps.ts'
import type { Transaction } from '../connection.ts'

/** A person's own row is always locked first, then what is theirs: two that meet wait in one direction. */
async function lockHolders(tx: Transaction, references: readonly string[]): Promise<void> {
  if (tx.forUpdate === '') return
  await tx.all(
    `SELECT id FROM holder WHERE id IN (SELECT holder_id FROM top_up WHERE reference = ANY ($1)) ORDER BY id${tx.forUpdate}`,
    references,
  )
}

export const postgresTopUps = (tx: Transaction): TopUps => ({
  add: async topUp => {
    await tx.run(`INSERT INTO top_up (${columns.names}) VALUES (${columns.places})`, ...columns.values(topUpRow(topUp)))
  },
  find: async id => {
    const row = await tx.get<TopUpRow>(`SELECT ${columns.shown} FROM top_up WHERE id = $1${tx.forUpdate}`, id)
    return row && topUpOf(row)
  },
  save: async topUp => {
    const { id, state, creditedMinor, problem, timeline } = topUpRow(topUp)
    await tx.run(
      'UPDATE top_up SET state = $1, credited_minor = $2, problem = $3, timeline = $4 WHERE id = $5',
      ...[state, creditedMinor, problem, timeline, id],
    )
  },
  hasReference: async reference => (await tx.get('SELECT id FROM top_up WHERE reference = $1', reference)) !== undefined,
  named: async references => {
    await lockHolders(tx, references)
    const rows = await tx.all<TopUpRow>(
      `SELECT ${columns.shown} FROM top_up WHERE reference = ANY ($1) ORDER BY id${tx.forUpdate}`,
      references,
    )
    return rows.map(topUpOf)
  },
  overdue: async (now, limit) => {
    const rows = await tx.all<TopUpRow>(
      `SELECT ${columns.shown} FROM top_up WHERE state = 'instructed' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2${tx.forUpdate}`,
      ...[now, limit],
    )
    return rows.map(topUpOf)
  },
})
