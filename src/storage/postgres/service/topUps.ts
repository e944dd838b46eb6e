import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { isReference } from '#core/rails/reference.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import type { TopUps } from '../../featureRepositories.ts'
import type { Transaction } from '../connection.ts'

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

const columns = `id, holder_id, state, currency, minor, credited_minor, reference, instructions, created_at, expected_by, expires_at, problem,
  timeline`

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
    await tx.run(
      `INSERT INTO top_up (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      ...[topUp.id, topUp.holderId, topUp.state, topUp.amount.currency, topUp.amount.minor.toString()],
      ...[topUp.credited?.minor.toString() ?? null, topUp.reference, JSON.stringify(topUp.instructions), topUp.createdAt],
      ...[topUp.expectedBy, topUp.expiresAt, topUp.problem, JSON.stringify(topUp.timeline)],
    )
  },
  find: async id => {
    const row = await tx.get<Row>(`SELECT ${columns} FROM top_up WHERE id = $1${tx.forUpdate}`, id)
    return row && topUpOf(row)
  },
  save: async ({ id, state, credited, problem, timeline }) => {
    await tx.run(
      'UPDATE top_up SET state = $1, credited_minor = $2, problem = $3, timeline = $4 WHERE id = $5',
      ...[state, credited?.minor.toString() ?? null, problem, JSON.stringify(timeline), id],
    )
  },
  hasReference: async reference => (await tx.get('SELECT id FROM top_up WHERE reference = $1', reference)) !== undefined,
  named: async references => {
    await lockHolders(tx, references)
    return (await tx.all<Row>(`SELECT ${columns} FROM top_up WHERE reference = ANY ($1) ORDER BY id${tx.forUpdate}`, references)).map(
      topUpOf,
    )
  },
  overdue: async (now, limit) =>
    (
      await tx.all<Row>(
        `SELECT ${columns} FROM top_up WHERE state = 'instructed' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2${tx.forUpdate}`,
        ...[now, limit],
      )
    ).map(topUpOf),
})
