import type { Migration } from '../../../migration.ts'

/**
 * How well a holder is known, the steps that lead there, and the pictures of documents, sealed and in parts of a bounded length. Whoever has an account is
 * known by the e-mail.
 */
export const identity: Migration = {
  version: 1,
  name: 'service-identity',
  sql: `
ALTER TABLE holder ADD COLUMN tier TEXT NOT NULL DEFAULT 'email';

CREATE TABLE identity_step (
  holder_id TEXT NOT NULL REFERENCES holder (id),
  step TEXT NOT NULL CHECK (step IN ('details', 'document', 'financial')),
  revision BIGINT NOT NULL CHECK (revision > 0),
  state TEXT NOT NULL CHECK (state IN ('needs_input', 'in_review', 'verified', 'rejected', 'expired')),
  at BIGINT NOT NULL,
  ends_on TEXT,
  detail TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (holder_id, step)
);
CREATE INDEX identity_step_waiting ON identity_step (at, holder_id, step) WHERE state = 'in_review';
CREATE INDEX identity_step_ends ON identity_step (ends_on) WHERE state = 'verified';

CREATE TABLE identity_document (
  holder_id TEXT NOT NULL REFERENCES holder (id),
  address TEXT NOT NULL,
  step TEXT NOT NULL,
  pages BIGINT NOT NULL CHECK (pages > 0),
  kind TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  kept_until BIGINT,
  state TEXT NOT NULL CHECK (state IN ('added', 'handed_in')),
  PRIMARY KEY (holder_id, address)
);
CREATE INDEX identity_document_due ON identity_document (kept_until) WHERE kept_until IS NOT NULL;

CREATE TABLE identity_document_part (
  holder_id TEXT NOT NULL,
  address TEXT NOT NULL,
  n BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (holder_id, address, n)
);
`,
}
