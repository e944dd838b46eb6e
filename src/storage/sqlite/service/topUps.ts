import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { isReference } from '#core/rails/reference.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import type { TopUps } from '../../featureRepositories.ts'
import type { Database } from '../database.ts'

type Row = {
  id: string
  holder_id: string
  state: TopUp['state']
  currency: string
  minor: string
  credited_minor: string | null
  reference: string
  instructions: string
  created_at: number
  expected_by: number
  expires_at: number
  problem: string | null
  timeline: string
}

function topUpOf(row: Row): TopUp {
  const { currency, reference } = row
  if (!isCurrencyCode(currency) || !isReference(reference)) throw new Error('a top-up in an unknown currency or with a bad reference')
  return {
    id: row.id,
    holderId: row.holder_id,
    state: row.state,
    amount: { currency, minor: BigInt(row.minor) },
    credited: row.credited_minor === null ? null : { currency, minor: BigInt(row.credited_minor) },
    reference,
    instructions: JSON.parse(row.instructions),
    createdAt: row.created_at,
    expectedBy: row.expected_by,
    expiresAt: row.expires_at,
    problem: row.problem,
    timeline: JSON.parse(row.timeline),
  }
}

export const sqliteTopUps = (db: Database): TopUps => ({
  add: async topUp => {
    db.prepare('INSERT INTO top_up VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      ...[topUp.id, topUp.holderId, topUp.state, topUp.amount.currency, topUp.amount.minor.toString()],
      ...[topUp.credited?.minor.toString() ?? null, topUp.reference, JSON.stringify(topUp.instructions), topUp.createdAt],
      ...[topUp.expectedBy, topUp.expiresAt, topUp.problem, JSON.stringify(topUp.timeline)],
    )
  },
  find: async id => {
    const row = db.prepare<Row>('SELECT * FROM top_up WHERE id = ?').get(id)
    return row && topUpOf(row)
  },
  save: async ({ id, state, credited, problem, timeline }) => {
    db.prepare('UPDATE top_up SET state = ?, credited_minor = ?, problem = ?, timeline = ? WHERE id = ?').run(
      ...[state, credited?.minor.toString() ?? null, problem, JSON.stringify(timeline), id],
    )
  },
  hasReference: async reference => db.prepare('SELECT 1 FROM top_up WHERE reference = ?').get(reference) !== undefined,
  named: async references =>
    db
      .prepare<Row>('SELECT * FROM top_up WHERE reference IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(references))
      .map(topUpOf),
  overdue: async (now, limit) =>
    db
      .prepare<Row>(`SELECT * FROM top_up WHERE state = 'instructed' AND expires_at <= ? ORDER BY expires_at LIMIT ?`)
      .all(now, limit)
      .map(topUpOf),
})
