import type { Migration } from '../../../migration.ts'

/**
 * Limits of a month; what people set for themselves, when it goes up again and what they were answered; by which rail a limit was used; and the day on
 * which somebody's time zone was changed.
 */
export const limits: Migration = {
  version: 1,
  name: 'service-limits',
  sql: `
ALTER TABLE payment_limit DROP CONSTRAINT payment_limit_kind_check;
ALTER TABLE payment_limit ADD CONSTRAINT payment_limit_kind_check CHECK (kind IN ('per_payment', 'per_day', 'per_month'));
ALTER TABLE payment_limit ADD COLUMN own TEXT;
ALTER TABLE payment_limit ADD COLUMN waiting TEXT;
ALTER TABLE payment_limit ADD COLUMN answered TEXT;
ALTER TABLE limit_use ADD COLUMN rail TEXT NOT NULL DEFAULT 'account' CHECK (rail IN ('account', 'crypto'));
DROP INDEX limit_use_by_day;
CREATE INDEX limit_use_by_day ON limit_use (holder_id, day, rail, eur_minor);
ALTER TABLE holder ADD COLUMN held_day TEXT;
ALTER TABLE holder ADD COLUMN held_day_ends_at BIGINT;
`,
}
