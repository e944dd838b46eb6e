import { limitColumns as columns, type LimitRow, limitOf, limitRow } from '../../rows/limits.ts'
import type { Limits, LimitUse } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { insertInto, type Lookup, rowsOf } from '../together.ts'

type Used = LimitUse & { readonly holderId: string; readonly first: string; readonly last: string }

const ofHolder: Lookup<LimitRow> = {
  table: 'payment_limit',
  sql: `SELECT ${columns.shown} FROM payment_limit WHERE holder_id = ANY ($1) ORDER BY holder_id, kind`,
  keyOf: ({ holderId }) => [holderId],
  isLocked: true,
}
const usedIn: Lookup<Used> = {
  table: 'limit_use',
  sql: `SELECT used.holder_id AS "holderId", asked.first, asked.last, used.day, used.rail, sum(used.eur_minor) AS "eurMinor"
    FROM ${rowsOf('TEXT', 'TEXT', 'TEXT')} AS asked (holder_id, first, last)
    JOIN limit_use used ON used.holder_id = asked.holder_id AND used.day >= asked.first AND used.day <= asked.last
    GROUP BY used.holder_id, asked.first, asked.last, used.day, used.rail ORDER BY used.holder_id, asked.first, used.day`,
  keyOf: ({ holderId, first, last }) => [holderId, first, last],
}
const use = insertInto('limit_use', 'payment_id, holder_id, day, rail, eur_minor', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'NUMERIC')

/** What was used is added up, and a sum cannot be locked: the holder's row is (`holders.ts`). */
export const postgresLimits = (tx: Transaction): Limits => ({
  ofHolder: async holderId => (await tx.look(ofHolder, holderId)).map(limitOf),
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
  used: async (holderId, month) =>
    (await tx.look(usedIn, holderId, `${month}-01`, `${month}-31`)).map(({ day, rail, eurMinor }) => ({ day, rail, eurMinor })),
  use: async ({ paymentId, holderId, day, rail, eurMinor }) => tx.put(use, paymentId, paymentId, holderId, day, rail, eurMinor),
  release: async paymentId => {
    await tx.run('DELETE FROM limit_use WHERE payment_id = $1', paymentId)
  },
})
