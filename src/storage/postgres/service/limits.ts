import { limitColumns as columns, type LimitRow, limitOf, limitRow } from '../../rows/limits.ts'
import type { Limits } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { insertInto, type Lookup } from '../together.ts'

type Used = { readonly holderId: string; readonly day: string; readonly used: bigint }

const ofHolder: Lookup<LimitRow> = {
  table: 'payment_limit',
  sql: `SELECT ${columns.shown} FROM payment_limit WHERE holder_id = ANY ($1) ORDER BY holder_id, kind`,
  keyOf: ({ holderId }) => [holderId],
  isLocked: true,
}
const usedOn: Lookup<Used> = {
  table: 'limit_use',
  sql: `SELECT holder_id AS "holderId", day, sum(eur_minor) AS used FROM limit_use
    WHERE holder_id = ANY ($1) AND day = ANY ($2) GROUP BY holder_id, day`,
  keyOf: ({ holderId, day }) => [holderId, day],
}
const use = insertInto('limit_use', 'payment_id, holder_id, day, eur_minor', 'TEXT', 'TEXT', 'TEXT', 'NUMERIC')

/** What was used is added up, and a sum cannot be locked: the holder's row is (`holders.ts`). */
export const postgresLimits = (tx: Transaction): Limits => ({
  find: async (holderId, kind) => {
    const row = (await tx.look(ofHolder, holderId)).find(one => one.kind === kind)
    return row && limitOf(row)
  },
  save: async limit => {
    await tx.run(
      `INSERT INTO payment_limit (${columns.names}) VALUES (${columns.places}) ON CONFLICT (holder_id, kind) DO UPDATE SET ${columns.renewed}`,
      ...columns.values(limitRow(limit)),
    )
  },
  requested: async (after, most) => {
    const rows = await tx.all<LimitRow>(
      `SELECT ${columns.shown} FROM payment_limit WHERE requested IS NOT NULL AND (holder_id, kind) > ($1, $2) ORDER BY holder_id, kind LIMIT $3`,
      ...[after?.holderId ?? '', after?.kind ?? '', most],
    )
    return rows.map(limitOf)
  },
  used: async (holderId, day) => (await tx.look(usedOn, holderId, day))[0]?.used ?? 0n,
  use: async ({ paymentId, holderId, day, eurMinor }) => tx.put(use, paymentId, paymentId, holderId, day, eurMinor),
})
