import type { Commands, KeptCommand } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteCommands = (db: Database): Commands => ({
  find: async id =>
    db
      .prepare<KeptCommand>(
        `SELECT id, holder_id AS holderId, device_id AS deviceId, type, content, made_at AS madeAt, signature, received_at AS receivedAt, answer
         FROM command WHERE id = ?`,
      )
      .get(id),
  keep: async ({ id, holderId, deviceId, type, content, madeAt, signature, receivedAt, answer }) => {
    db.prepare('INSERT INTO command VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      id,
      holderId,
      deviceId,
      type,
      content,
      madeAt,
      signature,
      receivedAt,
      answer,
    )
  },
})
