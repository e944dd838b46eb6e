import type { Change, Device, Devices } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

export const postgresDevices = (tx: Transaction, changes: Change[]): Devices => ({
  add: async ({ id, holderId, publicKey, name, system, addedAt, revokedAt }) => {
    await tx.run(
      'INSERT INTO device (id, holder_id, public_key, name, system, added_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      ...[id, holderId, publicKey, name, system, addedAt, revokedAt],
    )
  },
  find: id =>
    tx.get<Device>(
      `SELECT id, holder_id AS "holderId", public_key AS "publicKey", name, system, added_at AS "addedAt", revoked_at AS "revokedAt"
       FROM device WHERE id = $1${tx.forUpdate}`,
      id,
    ),
  revoke: async (id, at) => {
    await tx.run('UPDATE device SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL', at, id)
    changes.push({ type: 'device', deviceId: id })
  },
})
