import type { Migration } from '../../../migration.ts'

/**
 * The second factor, what it approves, and passwords that were forgotten. The secret of an app is sealed, codes are hashed; a challenge is found by the hash of
 * its id, and one that approves a command by the command too.
 */
export const accountSafety: Migration = {
  version: 1,
  name: 'service-account-safety',
  sql: `
CREATE TABLE account_safety (
  holder_id TEXT PRIMARY KEY REFERENCES holder (id),
  app_secret TEXT,
  app_since INTEGER,
  app_step INTEGER NOT NULL CHECK (app_step >= 0),
  mail_since INTEGER,
  line_minor INTEGER NOT NULL CHECK (line_minor >= 0),
  password_changed_at INTEGER,
  CHECK (app_since IS NULL OR app_secret IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
  holder_id TEXT NOT NULL REFERENCES holder (id),
  n INTEGER NOT NULL CHECK (n >= 0),
  hash TEXT NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (holder_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE challenge (
  id_hash TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES holder (id),
  kind TEXT NOT NULL CHECK (kind IN ('sign_in', 'act')),
  content TEXT NOT NULL,
  command_id TEXT,
  ways TEXT NOT NULL,
  code_hash TEXT,
  code_sent_at INTEGER,
  tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
  begun_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  proved_at INTEGER,
  used_at INTEGER,
  CHECK (used_at IS NULL OR proved_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX challenge_command ON challenge (holder_id, command_id) WHERE command_id IS NOT NULL;
CREATE INDEX challenge_begun ON challenge (begun_at);

CREATE TABLE password_reset (
  id TEXT PRIMARY KEY,
  email_key TEXT NOT NULL,
  holder_id TEXT REFERENCES holder (id),
  code_hash TEXT,
  code_expires_at INTEGER NOT NULL,
  tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
  started_at INTEGER NOT NULL,
  password_hash TEXT,
  holds_from INTEGER,
  ended_at INTEGER,
  CHECK ((password_hash IS NULL) = (holds_from IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX password_reset_email ON password_reset (email_key, started_at);
CREATE INDEX password_reset_waiting ON password_reset (holder_id) WHERE holds_from IS NOT NULL AND ended_at IS NULL;
CREATE INDEX password_reset_started ON password_reset (started_at);
`,
}
