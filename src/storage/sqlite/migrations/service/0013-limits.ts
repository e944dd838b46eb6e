import type { Migration } from '../../migrate.ts'

/**
 * Limits of a month; what people set for themselves, when it goes up again and what they were answered; by which rail a limit was used; and the day on
 * which somebody's time zone was changed.
 */
export const limits: Migration = {
  version: 1,
  name: 'service-limits',
  sql: `
CREATE TABLE limit_of_holder (
  holder_id TEXT NOT NULL REFERENCES holder,
  kind TEXT NOT NULL CHECK (kind IN ('per_payment', 'per_day', 'per_month')),
  eur_minor TEXT,
  requested TEXT,
  own TEXT,
  waiting TEXT,
  answered TEXT,
  PRIMARY KEY (holder_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO limit_of_holder (holder_id, kind, eur_minor, requested) SELECT holder_id, kind, eur_minor, requested FROM payment_limit;
DROP TABLE payment_limit;
ALTER TABLE limit_of_holder RENAME TO payment_limit;

ALTER TABLE limit_use ADD COLUMN rail TEXT NOT NULL DEFAULT 'account' CHECK (rail IN ('account', 'crypto'));
DROP INDEX limit_use_by_day;
CREATE INDEX limit_use_by_day ON limit_use (holder_id, day, rail, eur_minor);

ALTER TABLE holder ADD COLUMN held_day TEXT;
ALTER TABLE holder ADD COLUMN held_day_ends_at INTEGER;
`,
}
