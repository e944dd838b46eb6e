import { limitColumns as columns, type LimitRow, limitOf, limitRow } from '../../rows/limits.ts'
import type { Limits } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

/** What was used is added up, and a sum cannot be locked: the holder's row is (`holders.ts`). */
export const postgresLimits = (tx: Transaction): Limits => ({
  find: async (holderId, kind) => {
    const row = await tx.get<LimitRow>(
      `SELECT ${columns.shown} FROM payment_limit WHERE holder_id = $1 AND kind = $2${tx.forUpdate}`,
      ...[holderId, kind],
    )
    return row && limitOf(row)
  },
  save: async limit => {
    await tx.run(
      `INSERT INTO payment_limit (${columns.names}) VALUES (${columns.places}) ON CONFLICT (holder_id, kind) DO UPDATE SET ${columns.renewed}`,
      ...columns.values(limitRow(limit)),
    )
  },
  used: async (holderId, day) =>
    (
      await tx.get<{ used: bigint | null }>(
        'SELECT sum(eur_minor) AS used FROM limit_use WHERE holder_id = $1 AND day = $2',
        ...[holderId, day],
      )
    )?.used ?? 0n,
  use: async ({ paymentId, holderId, day, eurMinor }) => {
    await tx.run(
      'INSERT INTO limit_use (payment_id, holder_id, day, eur_minor) VALUES ($1, $2, $3, $4)',
      ...[paymentId, holderId, day, eurMinor],
    )
  },
})
