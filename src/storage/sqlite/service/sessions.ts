import { sessionColumns as columns } from '../../rows/sessions.ts'
import type { Session, Sessions } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteSessions = (db: Database): Sessions => ({
  add: async session => {
    db.prepare(`INSERT INTO session (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(session))
  },
  find: async tokenHash => db.prepare<Session>(`SELECT ${columns.shown} FROM session WHERE token_hash = ?`).get(tokenHash),
  replaceOfDevice: async (deviceId, at) => {
    db.prepare('UPDATE session SET replaced_at = ? WHERE device_id = ? AND replaced_at IS NULL').run(at, deviceId)
  },
  forgetReplaced: async (deviceId, before) => {
    db.prepare('DELETE FROM session WHERE device_id = ? AND replaced_at < ?').run(deviceId, before)
  },
  endOfDevice: async (deviceId, at) => {
    db.prepare('UPDATE session SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL').run(at, deviceId)
  },
})
