import type { Migration } from '../../../sqlite/migrate.ts'

/**
 * Notes, labels and contacts: of each register the newest value alone, so that what somebody took away is gone. `n` is the row of the holder's feed that told of it.
 */
export const personal: Migration = {
  version: 1,
  name: 'service-personal',
  sql: `
    CREATE TABLE personal_register (
      holder_id TEXT NOT NULL REFERENCES holder (id),
      subject TEXT NOT NULL,
      field TEXT NOT NULL,
      value TEXT,
      ms BIGINT NOT NULL CHECK (ms >= 0),
      count BIGINT NOT NULL CHECK (count >= 0),
      device TEXT NOT NULL,
      n BIGINT NOT NULL,
      PRIMARY KEY (holder_id, subject, field)
    );
    CREATE INDEX personal_register_news ON personal_register (holder_id, n);
    CREATE INDEX personal_register_newest ON personal_register (holder_id, ms, count);
  `,
}
