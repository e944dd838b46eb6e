import type { Session, Sessions } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteSessions = (db: Database): Sessions => ({
  add: async ({ tokenHash, holderId, deviceId, startedAt, endedAt }) => {
    db.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?)').run(tokenHash, holderId, deviceId, startedAt, endedAt)
  },
  find: async tokenHash =>
    db
      .prepare<Session>(
        `SELECT token_hash AS tokenHash, holder_id AS holderId, device_id AS deviceId, started_at AS startedAt, ended_at AS endedAt
         FROM session WHERE token_hash = ?`,
      )
      .get(tokenHash),
  endOfDevice: async (deviceId, at) => {
    db.prepare('UPDATE session SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL').run(at, deviceId)
  },
})
