import type { Migration } from '../../../migration.ts'

/**
 * When a device was heard last and from where, when the token of a session was made and exchanged, and the log of what operators did and what touched the
 * safety of an account. When an older device was heard last is not known; its token was made when it signed in.
 */
export const devicesAudit: Migration = {
  version: 1,
  name: 'service-devices-audit',
  sql: `
ALTER TABLE device ADD COLUMN used_at BIGINT;
ALTER TABLE device ADD COLUMN country TEXT;
ALTER TABLE session ADD COLUMN made_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN replaced_at BIGINT;
UPDATE session SET made_at = started_at;
CREATE TABLE audit_entry (
  n BIGINT PRIMARY KEY CHECK (n > 0),
  at BIGINT NOT NULL,
  done_by TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,
  chain TEXT NOT NULL
);
`,
}
