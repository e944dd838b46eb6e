import type { LimitRecord, Limits } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

type Row = { eur_minor: string | null; requested: string | null }
type StoredRequest = { eurMinor: string; at: number; reason: string }

function requestOf(json: string | null): LimitRecord['requested'] {
  if (json === null) return null
  const { eurMinor, at, reason }: StoredRequest = JSON.parse(json)
  return { eurMinor: BigInt(eurMinor), at, reason }
}

const storedRequest = (requested: LimitRecord['requested']): string | null =>
  requested && JSON.stringify({ ...requested, eurMinor: requested.eurMinor.toString() })

export const sqliteLimits = (db: Database): Limits => ({
  find: async (holderId, kind) => {
    const row = db.prepare<Row>('SELECT eur_minor, requested FROM payment_limit WHERE holder_id = ? AND kind = ?').get(holderId, kind)
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
    db.prepare(
      `INSERT INTO payment_limit (holder_id, kind, eur_minor, requested) VALUES (?, ?, ?, ?)
       ON CONFLICT (holder_id, kind) DO UPDATE SET eur_minor = excluded.eur_minor, requested = excluded.requested`,
    ).run(holderId, kind, eurMinor === null ? null : eurMinor.toString(), storedRequest(requested))
  },
  used: async (holderId, day) =>
    db
      .prepare<{ used: bigint | null }>('SELECT sum(eur_minor) AS used FROM limit_use WHERE holder_id = ? AND day = ?', { bigints: true })
      .get(holderId, day)?.used ?? 0n,
  use: async ({ paymentId, holderId, day, eurMinor }) => {
    db.prepare('INSERT INTO limit_use VALUES (?, ?, ?, ?)').run(paymentId, holderId, day, eurMinor)
  },
})
