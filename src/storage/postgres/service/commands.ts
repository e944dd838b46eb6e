import type { Commands, KeptCommand } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

/** A command that comes twice at once is kept once: the second meets the first one's row at its end, is begun again, and finds its answer. */
export const postgresCommands = (tx: Transaction): Commands => ({
  find: id =>
    tx.get<KeptCommand>(
      `SELECT id, holder_id AS "holderId", device_id AS "deviceId", type, content, made_at AS "madeAt", signature,
              received_at AS "receivedAt", answer
       FROM command WHERE id = $1`,
      id,
    ),
  keep: async ({ id, holderId, deviceId, type, content, madeAt, signature, receivedAt, answer }) => {
    await tx.run(
      `INSERT INTO command (id, holder_id, device_id, type, content, made_at, signature, received_at, answer)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      ...[id, holderId, deviceId, type, content, madeAt, signature, receivedAt, answer],
    )
  },
})
