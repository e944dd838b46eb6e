import type { LimitRecord, Limits } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

type Row = { eur_minor: string | null; requested: string | null }
type StoredRequest = { eurMinor: string; at: number; reason: string }

function requestOf(json: string | null): LimitRecord['requested'] {
  if (json === null) return null
  const { eurMinor, at, reason }: StoredRequest = JSON.parse(json)
  return { eurMinor: BigInt(eurMinor), at, reason }
}

const storedRequest = (requested: LimitRecord['requested']): string | null =>
  requested && JSON.stringify({ ...requested, eurMinor: requested.eurMinor.toString() })

/** What was used is added up, and a sum cannot be locked: the holder's row is (`holders.ts`). */
export const postgresLimits = (tx: Transaction): Limits => ({
  find: async (holderId, kind) => {
    const row = await tx.get<Row>(
      `SELECT eur_minor, requested FROM payment_limit WHERE holder_id = $1 AND kind = $2${tx.forUpdate}`,
      ...[holderId, kind],
    )
    return (
      row && {
        holderId,
        kind,
        eurMinor: row.eur_minor === null ? null : BigInt(row.eur_minor),
        requested: requestOf(row.requested),
      }
    )
  },
  save: async ({ holderId, kind, eurMinor, requested }) => {
    await tx.run(
      `INSERT INTO payment_limit (holder_id, kind, eur_minor, requested) VALUES ($1, $2, $3, $4)
       ON CONFLICT (holder_id, kind) DO UPDATE SET eur_minor = excluded.eur_minor, requested = excluded.requested`,
      ...[holderId, kind, eurMinor === null ? null : eurMinor.toString(), storedRequest(requested)],
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
