import { type AnswerRow, answersById, commandColumns as columns } from '../../rows/commands.ts'
import type { Commands, KeptCommand } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { insertInto, type Lookup } from '../together.ts'

const byId: Lookup<KeptCommand> = {
  table: 'command',
  sql: `SELECT ${columns.shown} FROM command WHERE id = ANY ($1) ORDER BY id`,
  keyOf: ({ id }) => [id],
  isOwned: true,
}
const insert = insertInto('command', columns.names, 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'BIGINT', 'TEXT')

/** A command that comes twice at once is kept once: the second meets the first one's row at its end, is begun again, and finds its answer. */
export const postgresCommands = (tx: Transaction): Commands => ({
  find: async id => (await tx.look(byId, id))[0],
  answers: async ids => answersById(await tx.all<AnswerRow>('SELECT id, answer FROM command WHERE id = ANY ($1)', ids)),
  keep: async command => tx.put(insert, command.id, ...columns.values(command)),
})
