import type { Migration } from '../../../migration.ts'

/** Which instances run on this database: each says every few seconds that it is there, and takes its row away when it ends. */
export const instanceBeats: Migration = {
  version: 2,
  name: 'service-instances',
  sql: `
    CREATE TABLE instance (
      id TEXT PRIMARY KEY,
      seen_at BIGINT NOT NULL
    );
  `,
}
