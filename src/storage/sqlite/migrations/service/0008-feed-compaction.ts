import type { Migration } from '../../../migration.ts'

/**
 * How far a holder's feed is compacted: to row `n`, after which the holder's accounts stood at `heads`. Of each subject that a compacted row tells whole,
 * `feed_standing` names the one that is left; NULL where a posting tells it, which stays.
 */
export const feedCompaction: Migration = {
  version: 1,
  name: 'service-feed-compaction',
  sql: `
    CREATE TABLE feed_compaction (
      holder_id TEXT PRIMARY KEY REFERENCES holder,
      n INTEGER NOT NULL CHECK (n > 0),
      heads TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE feed_standing (
      holder_id TEXT NOT NULL REFERENCES holder,
      subject TEXT NOT NULL,
      n INTEGER,
      PRIMARY KEY (holder_id, subject)
    ) STRICT, WITHOUT ROWID;
  `,
}
