import type { Migration } from '../../../migration.ts'

/** A command keeps its first answer for ever, also against a hand in SQL. */
export const commandsKept: Migration = {
  version: 1,
  name: 'service-commands-kept',
  sql: `
CREATE TRIGGER command_no_update BEFORE UPDATE ON command BEGIN SELECT RAISE(ABORT, 'a command keeps its answer'); END;
CREATE TRIGGER command_no_delete BEFORE DELETE ON command BEGIN SELECT RAISE(ABORT, 'a command keeps its answer'); END;`,
}
