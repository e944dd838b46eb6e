import type { Migration } from '../../../migration.ts'

/** Telephone numbers and postal addresses, and how one that reaches a holder became another. Whoever held before can take a change back for a while. */
export const contactDetails: Migration = {
  version: 1,
  name: 'service-contact-details',
  sql: `
CREATE TABLE contact_detail (
  holder_id TEXT NOT NULL REFERENCES holder (id),
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'address')),
  value TEXT NOT NULL,
  PRIMARY KEY (holder_id, kind)
);

CREATE TABLE contact_change (
  id TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES holder (id),
  device_id TEXT NOT NULL REFERENCES device (id),
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'address')),
  value_before TEXT,
  value_after TEXT NOT NULL,
  key_before TEXT,
  key_after TEXT,
  code_hash TEXT,
  code_expires_at BIGINT NOT NULL,
  tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
  started_at BIGINT NOT NULL,
  done_at BIGINT,
  undo_hash TEXT UNIQUE,
  undo_until BIGINT,
  undone_at BIGINT,
  CHECK ((done_at IS NULL) = (undo_hash IS NULL)),
  CHECK ((done_at IS NULL) = (undo_until IS NULL)),
  CHECK (undone_at IS NULL OR done_at IS NOT NULL)
);
CREATE INDEX contact_change_holder ON contact_change (holder_id, started_at);
CREATE INDEX contact_change_reserved ON contact_change (key_before) WHERE key_before IS NOT NULL AND undone_at IS NULL;
`,
}
