import type { Session, Sessions } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

export const postgresSessions = (tx: Transaction): Sessions => ({
  add: async ({ tokenHash, holderId, deviceId, startedAt, endedAt }) => {
    await tx.run(
      'INSERT INTO session (token_hash, holder_id, device_id, started_at, ended_at) VALUES ($1, $2, $3, $4, $5)',
      ...[tokenHash, holderId, deviceId, startedAt, endedAt],
    )
  },
  find: tokenHash =>
    tx.get<Session>(
      `SELECT token_hash AS "tokenHash", holder_id AS "holderId", device_id AS "deviceId", started_at AS "startedAt", ended_at AS "endedAt"
       FROM session WHERE token_hash = $1`,
      tokenHash,
    ),
  endOfDevice: async (deviceId, at) => {
    await tx.run('UPDATE session SET ended_at = $1 WHERE device_id = $2 AND ended_at IS NULL', at, deviceId)
  },
})
