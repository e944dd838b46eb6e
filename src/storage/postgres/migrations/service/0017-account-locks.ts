import type { Migration } from '../../../migration.ts'

/**
 * Locks of accounts with all that became of them, and the links of mails that set one. A security hold of before stands on as a lock of the service;
 * `holder.security_hold_since` tells since when money out is stopped, whoever did so.
 */
export const accountLocks: Migration = {
  version: 1,
  name: 'service-account-locks',
  sql: `
CREATE TABLE account_lock (
  id TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES holder (id),
  set_by TEXT NOT NULL CHECK (set_by IN ('holder', 'service')),
  reason TEXT NOT NULL,
  since BIGINT NOT NULL,
  opens_at BIGINT,
  agreed_by TEXT,
  lifted_at BIGINT,
  steps TEXT NOT NULL,
  CHECK (opens_at IS NULL OR set_by = 'holder'),
  CHECK (agreed_by IS NULL OR set_by = 'service')
);
CREATE UNIQUE INDEX account_lock_standing ON account_lock (holder_id, set_by) WHERE lifted_at IS NULL;
CREATE INDEX account_lock_holder ON account_lock (holder_id, since);
CREATE INDEX account_lock_opens ON account_lock (opens_at) WHERE opens_at IS NOT NULL AND lifted_at IS NULL;
INSERT INTO account_lock (id, holder_id, set_by, reason, since, steps)
  SELECT id, id, 'service', 'review', security_hold_since, concat('[{"step":"set","at":', CAST(security_hold_since AS TEXT), ',"by":"operator"}]')
  FROM holder WHERE security_hold_since IS NOT NULL;

CREATE TABLE freeze_link (
  token_hash TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES holder (id),
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX freeze_link_expires ON freeze_link (expires_at);
`,
}
