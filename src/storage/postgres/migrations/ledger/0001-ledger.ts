import type { Migration } from '../../../sqlite/migrate.ts'

const number = 'n BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE'

/**
 * The book. Amounts are NUMERIC(39, 0), exact to 10^38. An account's row is where its legs ended: it is locked by whoever moves its money, and what may be
 * spent cannot go below zero where the chart does not allow it. The journal has one row for each id, for ever: what was asked (a hash) and answered, and
 * the posting where there is one. Legs are keyed by (account, version), so that no version is given twice, and a posting's by their position; a posting
 * is taken back once. `n` gives rows the order in which they were written to one account, for reading. Without triggers, which are none of the common
 * subset, the rest is kept by the statements: nothing here updates or deletes the journal or a leg, and a hold is changed only where it is open.
 */
export const ledger: Migration = {
  version: 1,
  name: 'ledger',
  sql: `
    CREATE TABLE ledger_account (
      id TEXT PRIMARY KEY,
      ${number},
      owner TEXT NOT NULL,
      currency TEXT NOT NULL,
      may_go_below_zero BOOLEAN NOT NULL,
      status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'frozen', 'closed')),
      posted NUMERIC(39, 0) NOT NULL DEFAULT 0,
      held NUMERIC(39, 0) NOT NULL DEFAULT 0 CHECK (held >= 0),
      version BIGINT NOT NULL DEFAULT 0 CHECK (version >= 0),
      chain TEXT NOT NULL CHECK (length(chain) = 43),
      CHECK (may_go_below_zero OR posted >= held),
      CHECK (status <> 'closed' OR (posted = 0 AND held = 0))
    );
    CREATE INDEX ledger_account_owner ON ledger_account (owner, n);

    CREATE TABLE ledger_journal (
      id TEXT PRIMARY KEY,
      ${number},
      body TEXT NOT NULL,
      answer TEXT NOT NULL,
      kind TEXT,
      subject TEXT,
      effective_at BIGINT,
      recorded_at BIGINT,
      reverses TEXT UNIQUE REFERENCES ledger_journal (id),
      CHECK ((kind IS NULL) = (subject IS NULL) AND (kind IS NULL) = (effective_at IS NULL) AND (kind IS NULL) = (recorded_at IS NULL)),
      CHECK (reverses IS NULL OR (kind IS NOT NULL AND reverses <> id))
    );

    CREATE TABLE ledger_leg (
      account TEXT NOT NULL REFERENCES ledger_account (id),
      version BIGINT NOT NULL CHECK (version >= 1),
      posting TEXT NOT NULL REFERENCES ledger_journal (id),
      position INTEGER NOT NULL CHECK (position >= 1),
      minor NUMERIC(39, 0) NOT NULL CHECK (minor <> 0),
      after NUMERIC(39, 0) NOT NULL,
      chain TEXT NOT NULL CHECK (length(chain) = 43),
      PRIMARY KEY (account, version),
      UNIQUE (posting, position)
    );

    CREATE TABLE ledger_hold (
      id TEXT PRIMARY KEY,
      ${number},
      account TEXT NOT NULL REFERENCES ledger_account (id),
      minor NUMERIC(39, 0) NOT NULL CHECK (minor > 0),
      captured NUMERIC(39, 0) NOT NULL DEFAULT 0 CHECK (captured >= 0 AND captured <= minor),
      subject TEXT NOT NULL,
      expires_at BIGINT NOT NULL,
      state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'captured', 'released', 'expired'))
    );
    CREATE INDEX ledger_hold_open ON ledger_hold (expires_at) WHERE state = 'open';
  `,
}
