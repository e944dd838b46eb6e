import { sessionColumns as columns } from '../../rows/sessions.ts'
import type { Session, Sessions } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

export const postgresSessions = (tx: Transaction): Sessions => ({
  add: async session => {
    await tx.run(`INSERT INTO session (${columns.names}) VALUES (${columns.places})`, ...columns.values(session))
  },
  find: tokenHash => tx.get<Session>(`SELECT ${columns.shown} FROM session WHERE token_hash = $1`, tokenHash),
  replaceOfDevice: async (deviceId, at) => {
    await tx.run('UPDATE session SET replaced_at = $1 WHERE device_id = $2 AND replaced_at IS NULL', at, deviceId)
  },
  forgetReplaced: async (deviceId, before) => {
    await tx.run('DELETE FROM session WHERE device_id = $1 AND replaced_at < $2', deviceId, before)
  },
  endOfDevice: async (deviceId, at) => {
    await tx.run('UPDATE session SET ended_at = $1 WHERE device_id = $2 AND ended_at IS NULL', at, deviceId)
  },
})
