import type { Migration } from '../../../sqlite/migrate.ts'
import { lockSlots, stripes } from '../../service/stripes.ts'

const rows = (count: number): string => Array.from({ length: count }, (_, n) => `(${n})`).join(', ')
const heads = Array.from({ length: stripes }, (_, stripe) => `(${stripe}, 0)`).join(', ')

/**
 * What several instances on one database need of each other: rows to lock where what is decided about has no row yet, the numbers that count over
 * the whole service, and the news of commits, numbered without a gap in each stripe.
 */
export const instances: Migration = {
  version: 1,
  name: 'service-instances',
  sql: `
    CREATE TABLE lock_slot (n INTEGER PRIMARY KEY);
    INSERT INTO lock_slot (n) VALUES ${rows(lockSlots)};

    CREATE TABLE counter (
      name TEXT PRIMARY KEY,
      last BIGINT NOT NULL
    );
    INSERT INTO counter (name, last) VALUES ('question', 0);

    CREATE TABLE change_head (
      stripe INTEGER PRIMARY KEY,
      last BIGINT NOT NULL
    );
    INSERT INTO change_head (stripe, last) VALUES ${heads};
    CREATE TABLE change (
      stripe INTEGER NOT NULL,
      n BIGINT NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (stripe, n)
    );
  `,
}
