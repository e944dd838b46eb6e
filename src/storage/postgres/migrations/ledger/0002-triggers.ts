import type { Migration } from '../../../migration.ts'

/** Refuses what somebody is about to do, with the sentence that it is given. */
const refuse = (what: string): string => `EXECUTE FUNCTION refuse_change('${what}')`

/** Deferred to the end of the transaction: until then a row may be ahead of those that it stands on. */
const atTheEnd = 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW'

const endOf = (row: 'OLD' | 'NEW'): string => `(${row}.posted, ${row}.chain)`
const identityOf = (row: 'OLD' | 'NEW'): string => `(${row}.id, ${row}.account, ${row}.minor, ${row}.subject, ${row}.expires_at)`

/**
 * What constraints do not say of the book, said by triggers, so that neither a bug nor a hand in SQL breaks it. Legs are looked at once a statement, whatever
 * their number: those of a posting come together and sum to zero in each currency, each follows the one before it, and none is beyond its account. Accounts
 * are looked at by what stands at the end of the transaction: an account ends where its last leg ends, and holds what its open holds hold. The journal and
 * legs never change; a hold resolves once; accounts and holds stay. The order is that in which the store writes: accounts, the journal, legs, holds.
 *
 * What a check looks up it finds by an index: a plan that was made while a table was empty must not read all of it later.
 */
export const triggers: Migration = {
  version: 2,
  name: 'ledger',
  needsTriggers: true,
  sql: `
CREATE INDEX ledger_hold_open_of ON ledger_hold (account) WHERE state = 'open';

CREATE FUNCTION refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER ledger_journal_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_journal FOR EACH STATEMENT ${refuse('the journal is immutable')};
CREATE TRIGGER ledger_leg_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_leg FOR EACH STATEMENT ${refuse('a leg is immutable')};
CREATE TRIGGER ledger_account_stays BEFORE DELETE OR TRUNCATE ON ledger_account FOR EACH STATEMENT ${refuse('an account stays in the book')};
CREATE TRIGGER ledger_account_same BEFORE UPDATE OF id, n, owner, currency, may_go_below_zero ON ledger_account FOR EACH STATEMENT
  ${refuse('what an account is never changes')};
CREATE TRIGGER ledger_account_forward BEFORE UPDATE ON ledger_account FOR EACH ROW
  WHEN (NEW.version < OLD.version OR NEW.version = OLD.version AND ${endOf('NEW')} IS DISTINCT FROM ${endOf('OLD')})
  ${refuse('an account is the sum of its legs')};
CREATE TRIGGER ledger_hold_stays BEFORE DELETE OR TRUNCATE ON ledger_hold FOR EACH STATEMENT ${refuse('a hold stays in the book')};
CREATE TRIGGER ledger_hold_resolves_once BEFORE UPDATE ON ledger_hold FOR EACH ROW
  WHEN (OLD.state <> 'open' OR NEW.captured < OLD.captured OR ${identityOf('NEW')} IS DISTINCT FROM ${identityOf('OLD')})
  ${refuse('a hold resolves once')};

CREATE FUNCTION ledger_legs_follow() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT posting, minor, (SELECT currency FROM ledger_account WHERE id = account) AS currency FROM fresh) AS leg
      GROUP BY posting, currency HAVING sum(minor) <> 0) THEN
    RAISE EXCEPTION 'legs sum to zero in each currency' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM fresh GROUP BY posting
      HAVING count(*) <> max(position) OR (SELECT kind FROM ledger_journal WHERE id = posting) IS NULL) THEN
    RAISE EXCEPTION 'a leg is named by its posting' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM fresh AS leg WHERE version > (SELECT version FROM ledger_account WHERE id = leg.account)
      OR after - minor IS DISTINCT FROM CASE version WHEN 1 THEN 0
        ELSE (SELECT after FROM ledger_leg WHERE account = leg.account AND version = leg.version - 1) END) THEN
    RAISE EXCEPTION 'a leg follows the one before it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_leg_follows AFTER INSERT ON ledger_leg REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_legs_follow();

CREATE FUNCTION ledger_account_ends() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF NOT (NEW.version = 0 AND NEW.posted = 0) AND NOT EXISTS (SELECT 1 FROM ledger_leg
      WHERE account = NEW.id AND version = NEW.version AND after = NEW.posted AND chain = NEW.chain) THEN
    RAISE EXCEPTION 'an account is the sum of its legs' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_account_opened AFTER INSERT ON ledger_account ${atTheEnd} EXECUTE FUNCTION ledger_account_ends();
CREATE CONSTRAINT TRIGGER ledger_account_moved AFTER UPDATE ON ledger_account ${atTheEnd}
  WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION ledger_account_ends();

CREATE FUNCTION ledger_holds_add_up() RETURNS TRIGGER LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  which TEXT;
BEGIN
  IF TG_TABLE_NAME = 'ledger_hold' THEN which := NEW.account; ELSE which := NEW.id; END IF;
  IF (SELECT held FROM ledger_account WHERE id = which)
      <> (SELECT coalesce(sum(minor - captured), 0) FROM ledger_hold WHERE account = which AND state = 'open') THEN
    RAISE EXCEPTION 'an account holds what its open holds hold' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_account_opened_held AFTER INSERT ON ledger_account ${atTheEnd}
  WHEN (NEW.held <> 0) EXECUTE FUNCTION ledger_holds_add_up();
CREATE CONSTRAINT TRIGGER ledger_account_held AFTER UPDATE ON ledger_account ${atTheEnd}
  WHEN (NEW.held <> OLD.held) EXECUTE FUNCTION ledger_holds_add_up();
CREATE CONSTRAINT TRIGGER ledger_hold_placed AFTER INSERT ON ledger_hold ${atTheEnd}
  WHEN (NEW.state = 'open') EXECUTE FUNCTION ledger_holds_add_up();
CREATE CONSTRAINT TRIGGER ledger_hold_moved AFTER UPDATE ON ledger_hold ${atTheEnd} EXECUTE FUNCTION ledger_holds_add_up();
`,
}
