import type { Migration } from '../../migrate.ts'
import { isZero, limbs } from './limbs.ts'

const frozen = (table: string, what: string) => `
CREATE TRIGGER ledger_${table}_no_update BEFORE UPDATE ON ledger_${table} BEGIN SELECT RAISE(ABORT, '${what} is immutable'); END;
CREATE TRIGGER ledger_${table}_no_delete BEFORE DELETE ON ledger_${table} BEGIN SELECT RAISE(ABORT, '${what} is immutable'); END;`

/** Where a row of `ledger_state` would be beyond what may be spent. */
const overdrawn = 'may_go_below_zero = 0 AND (after_hi, after_mid, after_lo) < (held_hi, held_mid, held_lo)'

/**
 * The book. Amounts are limbs (core/money/limbs.ts). The journal has one row for each id, for ever: what was asked (a hash) and answered, and the posting where
 * there is one; a posting that was only mirrored was asked of another book and has neither hash nor answer here. Legs are keyed by (account, version), which
 * makes the statement of an account one walk along the table; the last of them is the account's balance, which stands nowhere else. A posting names its legs
 * with their amounts: the table refuses one that does not sum to zero, and a leg that its posting does not name, that does not follow the one before it, or
 * that takes what is held or not there. Neither the journal nor legs ever change.
 */
export const ledger: Migration = {
  version: 1,
  name: 'ledger',
  sql: `
CREATE TABLE ledger_account (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  currency TEXT NOT NULL,
  may_go_below_zero INTEGER NOT NULL CHECK (may_go_below_zero IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'frozen', 'closed')),
  ${limbs('held_', { from: 'DEFAULT 0' })},
  CHECK (min(held_hi, held_mid, held_lo) >= 0)
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
  reverses TEXT,
  legs TEXT,
  CHECK ((body IS NULL) = (answer IS NULL)),
  CHECK (answer IS NOT NULL OR legs IS NOT NULL),
  CHECK (reverses IS NULL OR legs IS NOT NULL),
  CHECK ((kind IS NULL) + (subject IS NULL) + (effective_at IS NULL) + (recorded_at IS NULL) + (legs IS NULL) IN (0, 5))
) STRICT;
CREATE UNIQUE INDEX ledger_journal_reverses ON ledger_journal (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE ledger_leg (
  account INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  posting INTEGER NOT NULL,
  ${limbs()},
  ${limbs('after_')},
  chain TEXT NOT NULL CHECK (length(chain) = 43),
  PRIMARY KEY (account, version)
) STRICT, WITHOUT ROWID;

CREATE VIEW ledger_state AS
SELECT a.n, a.id, a.owner, a.currency, a.may_go_below_zero, a.status, a.held_hi, a.held_mid, a.held_lo,
  coalesce(l.after_hi, 0) AS after_hi, coalesce(l.after_mid, 0) AS after_mid, coalesce(l.after_lo, 0) AS after_lo, coalesce(l.version, 0) AS version, l.chain
FROM ledger_account a
LEFT JOIN ledger_leg l ON l.account = a.n AND l.version = (SELECT max(version) FROM ledger_leg WHERE account = a.n);
${frozen('journal', 'the journal')}
${frozen('leg', 'a leg')}

CREATE TRIGGER ledger_journal_two_legs BEFORE INSERT ON ledger_journal WHEN json_array_length(NEW.legs) = 2 BEGIN
  SELECT RAISE(ABORT, 'legs sum to zero in each currency') WHERE NOT (NEW.legs ->> '$[0][2]' = -(NEW.legs ->> '$[1][2]')
    AND NEW.legs ->> '$[0][3]' = -(NEW.legs ->> '$[1][3]') AND NEW.legs ->> '$[0][4]' = -(NEW.legs ->> '$[1][4]')
    AND (SELECT currency FROM ledger_account WHERE n = NEW.legs ->> '$[0][0]') = (SELECT currency FROM ledger_account WHERE n = NEW.legs ->> '$[1][0]'));
END;
CREATE TRIGGER ledger_journal_many_legs BEFORE INSERT ON ledger_journal WHEN json_array_length(NEW.legs) <> 2 BEGIN
  SELECT RAISE(ABORT, 'legs sum to zero in each currency') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.legs) leg LEFT JOIN ledger_account a ON a.n = leg.value ->> 0
    GROUP BY a.currency HAVING NOT ${isZero('sum(leg.value ->> 2)', 'sum(leg.value ->> 3)', 'sum(leg.value ->> 4)')});
END;
CREATE TRIGGER ledger_leg_follows BEFORE INSERT ON ledger_leg BEGIN
  SELECT RAISE(ABORT, 'a leg is named by its posting') WHERE NOT EXISTS (SELECT 1 FROM ledger_journal WHERE n = NEW.posting
    AND instr(legs, '[' || NEW.account || ',' || NEW.version || ',' || NEW.hi || ',' || NEW.mid || ',' || NEW.lo || ']') > 0);
  SELECT RAISE(ABORT, 'a leg follows the one before it, and is covered') WHERE NOT EXISTS (
    SELECT 1 FROM ledger_account a LEFT JOIN ledger_leg before ON before.account = a.n AND before.version = NEW.version - 1
    WHERE a.n = NEW.account AND (NEW.version = 1 OR before.version = NEW.version - 1)
      AND ${isZero('coalesce(before.after_hi, 0) + NEW.hi - NEW.after_hi', '(coalesce(before.after_mid, 0) + NEW.mid - NEW.after_mid)', 'coalesce(before.after_lo, 0) + NEW.lo - NEW.after_lo')}
      AND (may_go_below_zero = 1 OR min(NEW.hi, NEW.mid, NEW.lo) >= 0
        OR (NEW.after_hi, NEW.after_mid, NEW.after_lo) >= (held_hi, held_mid, held_lo)));
END;
CREATE TRIGGER ledger_account_covered AFTER UPDATE ON ledger_account BEGIN
  SELECT RAISE(ABORT, 'the account does not cover what is held') WHERE EXISTS (SELECT 1 FROM ledger_state WHERE n = NEW.n AND ${overdrawn});
  SELECT RAISE(ABORT, 'what an account is never changes') WHERE (OLD.n, OLD.id, OLD.owner, OLD.currency, OLD.may_go_below_zero)
    <> (NEW.n, NEW.id, NEW.owner, NEW.currency, NEW.may_go_below_zero);
END;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account BEGIN SELECT RAISE(ABORT, 'an account stays in the book'); END;

CREATE TABLE ledger_hold (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES ledger_account (n),
  ${limbs()},
  ${limbs('captured_', { from: 'DEFAULT 0' })},
  subject TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'captured', 'released', 'expired')),
  CHECK (max(hi, mid, lo) > 0 AND (hi, mid, lo) >= (captured_hi, captured_mid, captured_lo) AND min(captured_hi, captured_mid, captured_lo) >= 0)
) STRICT;
CREATE INDEX ledger_hold_open ON ledger_hold (expires_at) WHERE state = 'open';
CREATE TRIGGER ledger_hold_resolves_once BEFORE UPDATE ON ledger_hold
WHEN OLD.state <> 'open' OR (OLD.id, OLD.account, OLD.hi, OLD.mid, OLD.lo) <> (NEW.id, NEW.account, NEW.hi, NEW.mid, NEW.lo)
  OR (NEW.captured_hi, NEW.captured_mid, NEW.captured_lo) < (OLD.captured_hi, OLD.captured_mid, OLD.captured_lo)
BEGIN SELECT RAISE(ABORT, 'a hold resolves once'); END;
CREATE TRIGGER ledger_hold_no_delete BEFORE DELETE ON ledger_hold BEGIN SELECT RAISE(ABORT, 'a hold stays in the book'); END;
`,
}
