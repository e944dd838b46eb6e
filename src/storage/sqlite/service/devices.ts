import { deviceColumns as columns } from '../../rows/devices.ts'
import type { Change, Device, Devices } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteDevices = (db: Database, changes: Change[]): Devices => ({
  add: async device => {
    db.prepare(`INSERT INTO device (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(device))
  },
  find: async id => db.prepare<Device>(`SELECT ${columns.shown} FROM device WHERE id = ?`).get(id),
  revoke: async (id, at) => {
    db.prepare('UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL').run(at, id)
    changes.push({ type: 'device', deviceId: id })
  },
})
