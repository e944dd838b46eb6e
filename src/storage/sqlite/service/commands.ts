import { commandColumns as columns } from '../../rows/commands.ts'
import type { Commands, KeptCommand } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteCommands = (db: Database): Commands => ({
  find: async id => db.prepare<KeptCommand>(`SELECT ${columns.shown} FROM command WHERE id = ?`).get(id),
  keep: async command => {
    db.prepare(`INSERT INTO command (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(command))
  },
})
