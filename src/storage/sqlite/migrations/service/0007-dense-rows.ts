import type { Migration } from '../../../migration.ts'

/**
 * Commands and rows of the feed are a kilobyte and more: kept in the order of their keys, each had a page of its own beside the one that named it. Kept in
 * the order in which they come, two or three share a page, and the key is an index.
 */
export const denseRows: Migration = {
  version: 1,
  name: 'service-dense-rows',
  sql: `
    DROP TRIGGER command_no_update;
    DROP TRIGGER command_no_delete;
    ALTER TABLE command RENAME TO command_by_key;
    CREATE TABLE command (
      id TEXT NOT NULL PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder,
      device_id TEXT NOT NULL REFERENCES device,
      type TEXT NOT NULL,
      content TEXT NOT NULL,
      made_at TEXT NOT NULL,
      signature TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      answer TEXT NOT NULL
    ) STRICT;
    INSERT INTO command (id, holder_id, device_id, type, content, made_at, signature, received_at, answer)
      SELECT id, holder_id, device_id, type, content, made_at, signature, received_at, answer FROM command_by_key ORDER BY id;
    DROP TABLE command_by_key;
    CREATE TRIGGER command_no_update BEFORE UPDATE ON command BEGIN SELECT RAISE(ABORT, 'a command keeps its answer'); END;
    CREATE TRIGGER command_no_delete BEFORE DELETE ON command BEGIN SELECT RAISE(ABORT, 'a command keeps its answer'); END;

    ALTER TABLE feed_row RENAME TO feed_row_by_key;
    CREATE TABLE feed_row (
      holder_id TEXT NOT NULL REFERENCES holder,
      n INTEGER NOT NULL,
      at INTEGER NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (holder_id, n)
    ) STRICT;
    INSERT INTO feed_row (holder_id, n, at, json) SELECT holder_id, n, at, json FROM feed_row_by_key ORDER BY at, holder_id, n;
    DROP TABLE feed_row_by_key;
  `,
}
