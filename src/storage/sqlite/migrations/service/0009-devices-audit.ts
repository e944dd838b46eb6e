import type { Migration } from '../../../migration.ts'

/**
 * When a device was heard last and from where, when the token of a session was made and exchanged, and the log of what operators did and what touched the
 * safety of an account: numbered without a gap, and never changed. When an older device was heard last is not known; its token was made when it signed in.
 */
export const devicesAudit: Migration = {
  version: 1,
  name: 'service-devices-audit',
  sql: `
ALTER TABLE device ADD COLUMN used_at INTEGER;
ALTER TABLE device ADD COLUMN country TEXT;
ALTER TABLE session ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN replaced_at INTEGER;
UPDATE session SET made_at = started_at;

CREATE TABLE audit_entry (
  n INTEGER PRIMARY KEY CHECK (n > 0),
  at INTEGER NOT NULL,
  done_by TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,
  chain TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is only written on'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is only written on'); END;
CREATE TRIGGER audit_entry_follows BEFORE INSERT ON audit_entry WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM audit_entry)
  BEGIN SELECT RAISE(ABORT, 'the audit log has no gap'); END;
`,
}
