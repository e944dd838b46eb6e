import type { Migration } from '../../../migration.ts'

/** A command keeps its first answer for ever, also against a hand in SQL. */
export const commandsKept: Migration = {
  version: 1,
  name: 'service-commands-kept',
  needsTriggers: true,
  sql: `
CREATE FUNCTION command_keeps_its_answer() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a command keeps its answer' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER command_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON command FOR EACH STATEMENT EXECUTE FUNCTION command_keeps_its_answer();`,
}
