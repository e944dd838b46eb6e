import type { Migration } from '../../../sqlite/migrate.ts'

/** Registration, sign-in, mail, top-ups and bank files. Lists and texts that are only shown stand as JSON; what is searched for has a column. */
export const accountTopUp: Migration = {
  version: 1,
  name: 'service-account-topup',
  sql: `
CREATE TABLE registration (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  locale TEXT NOT NULL,
  code_hash TEXT,
  code_expires_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  sent INTEGER NOT NULL CHECK (sent >= 1),
  tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
  started_at BIGINT NOT NULL,
  verified_at BIGINT,
  completed_at BIGINT
);
CREATE INDEX registration_email ON registration (email_key, started_at);
CREATE INDEX registration_started ON registration (started_at);

CREATE TABLE sign_in_count (
  key TEXT PRIMARY KEY,
  wrong INTEGER NOT NULL CHECK (wrong >= 1),
  last_at BIGINT NOT NULL
);
CREATE INDEX sign_in_count_last ON sign_in_count (last_at);

CREATE TABLE mail (
  id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
  sent_by TEXT NOT NULL CHECK (sent_by IN ('smtp', 'sandbox_mailbox')),
  created_at BIGINT NOT NULL,
  good_until BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  next_try_at BIGINT NOT NULL,
  sent_at BIGINT,
  problem TEXT
);
CREATE INDEX mail_queued ON mail (next_try_at) WHERE state = 'queued';
CREATE INDEX mail_sandbox ON mail (id) WHERE sent_by = 'sandbox_mailbox';
CREATE INDEX mail_created ON mail (created_at);

CREATE TABLE top_up (
  id TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES holder (id),
  state TEXT NOT NULL CHECK (state IN ('instructed', 'detected', 'credited', 'cancelled', 'expired')),
  currency TEXT NOT NULL,
  minor TEXT NOT NULL,
  credited_minor TEXT,
  reference TEXT NOT NULL UNIQUE,
  instructions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expected_by BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  problem TEXT,
  timeline TEXT NOT NULL
);
CREATE INDEX top_up_holder ON top_up (holder_id, id);
CREATE INDEX top_up_overdue ON top_up (expires_at) WHERE state = 'instructed';

CREATE TABLE statement_import (
  id TEXT PRIMARY KEY,
  file TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  refused TEXT
);

CREATE TABLE bank_statement (
  import_id TEXT NOT NULL REFERENCES statement_import (id),
  number INTEGER NOT NULL,
  statement_id TEXT NOT NULL,
  account TEXT NOT NULL,
  problem TEXT,
  entries INTEGER NOT NULL,
  PRIMARY KEY (import_id, number)
);

CREATE TABLE staged_line (
  import_id TEXT NOT NULL REFERENCES statement_import (id),
  seq BIGINT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (import_id, seq)
);

CREATE TABLE bank_entry (
  id TEXT PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  import_id TEXT NOT NULL REFERENCES statement_import (id),
  file TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('credited', 'waiting')),
  problem TEXT,
  top_up_id TEXT REFERENCES top_up (id),
  account TEXT NOT NULL,
  amount TEXT NOT NULL,
  currency TEXT NOT NULL,
  booked_on TEXT NOT NULL,
  value_on TEXT NOT NULL,
  debtor TEXT NOT NULL,
  remittance TEXT NOT NULL,
  bank_reference TEXT NOT NULL,
  imported_at BIGINT NOT NULL,
  CHECK ((state = 'credited') = (problem IS NULL)),
  CHECK (state = 'waiting' OR top_up_id IS NOT NULL)
);
CREATE INDEX bank_entry_top_up ON bank_entry (top_up_id) WHERE top_up_id IS NOT NULL;
CREATE INDEX bank_entry_waiting ON bank_entry (id) WHERE state = 'waiting';
`,
}
