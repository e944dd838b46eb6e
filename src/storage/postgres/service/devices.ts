import { deviceColumns as columns } from '../../rows/devices.ts'
import type { Change, Device, Devices } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import type { Lookup } from '../together.ts'

const byId: Lookup<Device> = {
  table: 'device',
  sql: `SELECT ${columns.shown} FROM device WHERE id = ANY ($1) ORDER BY id`,
  keyOf: ({ id }) => [id],
  isLocked: true,
  isOwned: true,
}

export const postgresDevices = (tx: Transaction, changes: Change[]): Devices => ({
  add: async device => {
    await tx.run(`INSERT INTO device (${columns.names}) VALUES (${columns.places})`, ...columns.values(device))
  },
  find: async id => (await tx.look(byId, id))[0],
  ofHolder: holderId =>
    tx.all<Device>(`SELECT ${columns.shown} FROM device WHERE holder_id = $1 AND revoked_at IS NULL ORDER BY added_at, id`, holderId),
  rename: async (id, name) => {
    await tx.run('UPDATE device SET name = $1 WHERE id = $2', name, id)
  },
  use: async (id, at, country) => {
    await tx.run('UPDATE device SET used_at = $1, country = $2 WHERE id = $3', at, country, id)
  },
  revoke: async (id, at) => {
    await tx.run('UPDATE device SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL', at, id)
    changes.push({ type: 'device', deviceId: id })
  },
})
