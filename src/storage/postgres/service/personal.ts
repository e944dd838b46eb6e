import { placeOf } from '#core/personal/register.ts'
import type { Stamp } from '#core/personal/stamp.ts'
import type { PersonalRegisters } from '../../featureRepositories.ts'
import { personalColumns as columns, type PersonalRow, personalRow, registerOf } from '../../rows/personal.ts'
import type { Transaction } from '../connection.ts'

export const postgresPersonal = (tx: Transaction): PersonalRegisters => ({
  find: async (holderId, places) => {
    const wanted = new Set(places.map(placeOf))
    const rows = await tx.all<PersonalRow>(
      `SELECT ${columns.shown} FROM personal_register WHERE holder_id = $1 AND subject = ANY ($2)${tx.forUpdate}`,
      ...[holderId, [...new Set(places.map(({ subject }) => subject))]],
    )
    return rows.filter(row => wanted.has(placeOf(row))).map(registerOf)
  },
  save: async (holderId, registers) => {
    for (const register of registers)
      await tx.run(
        `INSERT INTO personal_register (${columns.names}) VALUES (${columns.places})
         ON CONFLICT (holder_id, subject, field) DO UPDATE SET ${columns.renewed}`,
        ...columns.values(personalRow(holderId, register)),
      )
  },
  count: async holderId =>
    (await tx.get<{ n: number }>('SELECT count(*) AS n FROM personal_register WHERE holder_id = $1', holderId))?.n ?? 0,
  newest: holderId =>
    tx.get<Stamp>('SELECT ms, count, device FROM personal_register WHERE holder_id = $1 ORDER BY ms DESC, count DESC LIMIT 1', holderId),
  page: async (holderId, after, limit) =>
    (
      await tx.all<PersonalRow>(
        `SELECT ${columns.shown} FROM personal_register WHERE holder_id = $1 AND n > $2 ORDER BY n LIMIT $3`,
        ...[holderId, after, limit],
      )
    ).map(registerOf),
})
