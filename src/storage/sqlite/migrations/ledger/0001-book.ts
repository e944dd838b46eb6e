import type { Migration } from '../../migrate.ts'

/** True where `hi` and `lo` are limbs of an amount of magnitude <= 10^27. */
const limbs = (hi: string, lo: string) =>
  `CHECK (${lo} BETWEEN 0 AND 999999999 AND ${hi} BETWEEN -1000000000000000000 AND 1000000000000000000)`

const frozen = (table: string, what: string) => `
CREATE TRIGGER ledger_${table}_no_update BEFORE UPDATE ON ledger_${table} BEGIN SELECT RAISE(ABORT, '${what} is immutable'); END;
CREATE TRIGGER ledger_${table}_no_delete BEFORE DELETE ON ledger_${table} BEGIN SELECT RAISE(ABORT, '${what} is immutable'); END;`

/**
 * The book. Amounts are limbs (core/money/limbs.ts). An account's row carries its running balance and is the last of its legs; `available`
 * cannot go below zero where the chart does not allow it. The journal has one row for each id, for ever: what was asked (a hash) and answered, and the
 * posting where there is one; a posting that was only mirrored was asked of another book and has neither hash nor answer here. Legs are keyed by
 * (account, version), which makes the statement of an account one walk along the table; a posting names its legs by these keys, so that finding them
 * takes no index, which every commit would have to write. Neither the journal nor legs ever change.
 */
export const ledgerBook: Migration = {
  version: 1,
  name: 'ledger-book',
  sql: `
CREATE TABLE ledger_account (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  currency TEXT NOT NULL,
  may_go_below_zero INTEGER NOT NULL CHECK (may_go_below_zero IN (0, 1)),
  posted_hi INTEGER NOT NULL DEFAULT 0,
  posted_lo INTEGER NOT NULL DEFAULT 0,
  held_hi INTEGER NOT NULL DEFAULT 0 CHECK (held_hi >= 0),
  held_lo INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
  ${limbs('posted_hi', 'posted_lo')},
  ${limbs('held_hi', 'held_lo')},
  CHECK (may_go_below_zero = 1 OR posted_hi > held_hi OR (posted_hi = held_hi AND posted_lo >= held_lo))
) STRICT;
CREATE INDEX ledger_account_owner ON ledger_account (owner, n);

CREATE TABLE ledger_journal (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT,
  answer TEXT,
  kind TEXT,
  subject TEXT,
  effective_at INTEGER,
  recorded_at INTEGER,
  legs TEXT,
  CHECK ((body IS NULL) = (answer IS NULL)),
  CHECK (answer IS NOT NULL OR legs IS NOT NULL),
  CHECK ((kind IS NULL) + (subject IS NULL) + (effective_at IS NULL) + (recorded_at IS NULL) + (legs IS NULL) IN (0, 5))
) STRICT;

CREATE TABLE ledger_leg (
  account INTEGER NOT NULL REFERENCES ledger_account (n),
  version INTEGER NOT NULL CHECK (version >= 1),
  posting INTEGER NOT NULL REFERENCES ledger_journal (n),
  hi INTEGER NOT NULL,
  lo INTEGER NOT NULL,
  after_hi INTEGER NOT NULL,
  after_lo INTEGER NOT NULL,
  PRIMARY KEY (account, version),
  ${limbs('hi', 'lo')},
  ${limbs('after_hi', 'after_lo')}
) STRICT, WITHOUT ROWID;
${frozen('journal', 'the journal')}
${frozen('leg', 'a leg')}

CREATE TABLE ledger_hold (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES ledger_account (n),
  hi INTEGER NOT NULL CHECK (hi >= 0),
  lo INTEGER NOT NULL,
  subject TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'captured', 'released')),
  ${limbs('hi', 'lo')}
) STRICT;
CREATE INDEX ledger_hold_open ON ledger_hold (expires_at) WHERE state = 'open';
CREATE TRIGGER ledger_hold_resolves_once BEFORE UPDATE ON ledger_hold WHEN OLD.state <> 'open' OR OLD.hi <> NEW.hi OR OLD.lo <> NEW.lo
BEGIN SELECT RAISE(ABORT, 'a hold resolves once'); END;
`,
}
