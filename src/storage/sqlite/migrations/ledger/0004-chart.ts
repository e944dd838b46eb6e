import type { Migration } from '../../migrate.ts'

/** No hand opens an account that goes below zero where the chart of accounts has none. A kind that may is named here by a later migration. */
export const chart: Migration = {
  version: 4,
  name: 'ledger',
  sql: `
CREATE TRIGGER ledger_account_chart BEFORE INSERT ON ledger_account
WHEN NEW.may_go_below_zero = 1 AND substr(NEW.id, 1, instr(NEW.id, ':') - 1) NOT IN ('rounding', 'suspense', 'fx', 'rail', 'foreign') BEGIN
  SELECT RAISE(ABORT, 'the chart of accounts says what goes below zero');
END;
`,
}
