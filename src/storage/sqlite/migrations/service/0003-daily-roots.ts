import type { Migration } from '../../migrate.ts'

/**
 * The roots of all days, and the leaves of the newest tree (and of those that are being built): what a proof is made of. A root stands once for a day and
 * once after another.
 */
export const dailyRoots: Migration = {
  version: 1,
  name: 'service-daily-roots',
  sql: `
CREATE TABLE daily_root (
  day TEXT PRIMARY KEY,
  tree TEXT NOT NULL,
  previous TEXT UNIQUE,
  at INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  signature TEXT NOT NULL,
  build TEXT NOT NULL,
  parts TEXT NOT NULL
) STRICT;

CREATE TABLE root_leaf (
  day TEXT NOT NULL,
  build TEXT NOT NULL,
  slot INTEGER NOT NULL,
  account TEXT NOT NULL,
  version INTEGER NOT NULL,
  chain TEXT NOT NULL,
  PRIMARY KEY (day, build, slot, account)
) STRICT, WITHOUT ROWID;
`,
}
