import type { Change, Device, Devices } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteDevices = (db: Database, changes: Change[]): Devices => ({
  add: async ({ id, holderId, publicKey, name, system, addedAt, revokedAt }) => {
    db.prepare('INSERT INTO device VALUES (?, ?, ?, ?, ?, ?, ?)').run(id, holderId, publicKey, name, system, addedAt, revokedAt)
  },
  find: async id =>
    db
      .prepare<Device>(
        `SELECT id, holder_id AS holderId, public_key AS publicKey, name, system, added_at AS addedAt, revoked_at AS revokedAt
         FROM device WHERE id = ?`,
      )
      .get(id),
  revoke: async (id, at) => {
    db.prepare('UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL').run(at, id)
    changes.push({ type: 'device', deviceId: id })
  },
})
