import { deviceColumns as columns } from '../../rows/devices.ts'
import type { Change, Device, Devices } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteDevices = (db: Database, changes: Change[]): Devices => ({
  add: async device => {
    db.prepare(`INSERT INTO device (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(device))
  },
  find: async id => db.prepare<Device>(`SELECT ${columns.shown} FROM device WHERE id = ?`).get(id),
  ofHolder: async holderId =>
    db
      .prepare<Device>(`SELECT ${columns.shown} FROM device WHERE holder_id = ? AND revoked_at IS NULL ORDER BY added_at, id`)
      .all(holderId),
  rename: async (id, name) => {
    db.prepare('UPDATE device SET name = ? WHERE id = ?').run(name, id)
  },
  use: async (id, at, country) => {
    db.prepare('UPDATE device SET used_at = ?, country = ? WHERE id = ?').run(at, country, id)
  },
  revoke: async (id, at) => {
    db.prepare('UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL').run(at, id)
    changes.push({ type: 'device', deviceId: id })
  },
})
