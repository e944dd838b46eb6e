import { commandColumns as columns } from '../../rows/commands.ts'
import type { Commands, KeptCommand } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

/** A command that comes twice at once is kept once: the second meets the first one's row at its end, is begun again, and finds its answer. */
export const postgresCommands = (tx: Transaction): Commands => ({
  find: id => tx.get<KeptCommand>(`SELECT ${columns.shown} FROM command WHERE id = $1`, id),
  keep: async command => {
    await tx.run(`INSERT INTO command (${columns.names}) VALUES (${columns.places})`, ...columns.values(command))
  },
})
