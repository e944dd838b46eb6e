import type { Migration } from '../../../migration.ts'

/** No hand opens an account that goes below zero where the chart of accounts has none. A kind that may is named here by a later migration. */
export const chart: Migration = {
  version: 3,
  name: 'ledger',
  sql: `
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_chart
  CHECK (NOT may_go_below_zero OR id LIKE 'rounding:%' OR id LIKE 'suspense:%' OR id LIKE 'fx:%' OR id LIKE 'rail:%' OR id LIKE 'foreign:%');
`,
}
