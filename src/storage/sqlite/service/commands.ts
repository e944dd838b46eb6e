import { type AnswerRow, answersById, commandColumns as columns } from '../../rows/commands.ts'
import type { Commands, KeptCommand } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteCommands = (db: Database): Commands => ({
  find: async id => db.prepare<KeptCommand>(`SELECT ${columns.shown} FROM command WHERE id = ?`).get(id),
  answers: async ids =>
    answersById(
      db.prepare<AnswerRow>('SELECT id, answer FROM command WHERE id IN (SELECT value FROM json_each(?))').all(JSON.stringify(ids)),
    ),
  keep: async command => {
    db.prepare(`INSERT INTO command (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(command))
  },
})
