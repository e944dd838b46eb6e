import type { Migration } from '../../../migration.ts'

/**
 * What the risk engine knows of holders, payees and computers; payments that were not simply allowed, with what operators noted; where the rule set in the
 * shadow would have decided otherwise; and which computer a device is on, where its wallet tells it.
 */
export const risk: Migration = {
  version: 1,
  name: 'service-risk',
  sql: `
ALTER TABLE device ADD COLUMN installation TEXT;

CREATE TABLE risk_profile (
  about TEXT NOT NULL CHECK (about IN ('holder', 'payee', 'installation')),
  id TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (about, id)
);
CREATE TABLE risk_case (
  id TEXT PRIMARY KEY,
  holder_id TEXT NOT NULL REFERENCES holder (id),
  device_id TEXT NOT NULL REFERENCES device (id),
  at BIGINT NOT NULL,
  rule_set INTEGER NOT NULL,
  score INTEGER NOT NULL,
  decision TEXT NOT NULL,
  reasons TEXT NOT NULL,
  payment TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'waiting', 'approved', 'refused', 'denied', 'lapsed')),
  hold_id TEXT,
  ends_at BIGINT,
  approved_by TEXT,
  answer TEXT CHECK (answer IN ('me', 'not_me'))
);
CREATE INDEX risk_case_waiting ON risk_case (id) WHERE state = 'waiting';
CREATE TABLE risk_note (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES risk_case (id),
  at BIGINT NOT NULL,
  done_by TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX risk_note_of_case ON risk_note (case_id, at, id);
CREATE TABLE risk_use (
  role TEXT PRIMARY KEY CHECK (role IN ('active', 'shadow')),
  version INTEGER NOT NULL
);
CREATE TABLE risk_difference (
  payment_id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  rule_set INTEGER NOT NULL,
  decision TEXT NOT NULL,
  shadow_set INTEGER NOT NULL,
  shadow_decision TEXT NOT NULL,
  shadow_score INTEGER NOT NULL
);
`,
}
