import type { Stamp } from '#core/personal/stamp.ts'
import type { PersonalRegisters } from '../../featureRepositories.ts'
import { personalColumns as columns, type PersonalRow, personalRow, registerOf } from '../../rows/personal.ts'
import type { Database } from '../database.ts'

export const sqlitePersonal = (db: Database): PersonalRegisters => ({
  find: async (holderId, places) => {
    const one = db.prepare<PersonalRow>(`SELECT ${columns.shown} FROM personal_register WHERE holder_id = ? AND subject = ? AND field = ?`)
    return places.flatMap(({ subject, field }) => one.all(holderId, subject, field).map(registerOf))
  },
  save: async (holderId, registers) => {
    const keep = db.prepare(
      `INSERT INTO personal_register (${columns.names}) VALUES (${columns.marks})
       ON CONFLICT (holder_id, subject, field) DO UPDATE SET ${columns.renewed}`,
    )
    for (const register of registers) keep.run(...columns.values(personalRow(holderId, register)))
  },
  count: async holderId =>
    db.prepare<{ n: number }>('SELECT count(*) AS n FROM personal_register WHERE holder_id = ?').get(holderId)?.n ?? 0,
  newest: async holderId =>
    db
      .prepare<Stamp>('SELECT ms, count, device FROM personal_register WHERE holder_id = ? ORDER BY ms DESC, count DESC LIMIT 1')
      .get(holderId),
  page: async (holderId, after, limit) =>
    db
      .prepare<PersonalRow>(`SELECT ${columns.shown} FROM personal_register WHERE holder_id = ? AND n > ? ORDER BY n LIMIT ?`)
      .all(holderId, after, limit)
      .map(registerOf),
})
