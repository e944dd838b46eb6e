import type { Migration } from '../../migrate.ts'
import { limbColumns, sumOfLimbs } from './limbs.ts'

const held = (row: string): string => `(${limbColumns(`${row}held_`).join(', ')})`

/** What the open holds of an account hold: what each of them was placed for, without what was captured of it. */
const heldBy = (account: string): string =>
  `(${sumOfLimbs(['hi - captured_hi', 'mid - captured_mid', 'lo - captured_lo'], `FROM ledger_hold WHERE account = ${account} AND state = 'open'`)})`

/** What of a hold never changes, once it is placed. */
const placed = (row: string): string =>
  `(${['id', 'account', 'hi', 'mid', 'lo', 'subject', 'expires_at'].map(column => `${row}.${column}`).join(', ')})`

const move = `UPDATE ledger_account SET ${held('')} = ${heldBy('NEW.account')} WHERE n = NEW.account;`
const refuse = `SELECT RAISE(ABORT, 'an account holds what its open holds hold');`

/**
 * An account holds what its open holds hold, after each statement: a hold that is placed, captured or resolved moves it, and nothing else does. Whether the
 * account covers it is asked as before. The index is the one that this needs; that of ends was asked by nobody.
 */
export const holds: Migration = {
  version: 5,
  name: 'ledger',
  sql: `
DROP INDEX ledger_hold_open;
CREATE INDEX ledger_hold_open_of ON ledger_hold (account) WHERE state = 'open';
CREATE TRIGGER ledger_hold_placed AFTER INSERT ON ledger_hold WHEN NEW.state = 'open' BEGIN ${move} END;
CREATE TRIGGER ledger_hold_moved AFTER UPDATE ON ledger_hold BEGIN ${move} END;
CREATE TRIGGER ledger_account_held AFTER UPDATE OF held_hi, held_mid, held_lo ON ledger_account WHEN ${held('NEW.')} <> ${heldBy('NEW.n')} BEGIN ${refuse} END;
DROP TRIGGER ledger_hold_resolves_once;
CREATE TRIGGER ledger_hold_resolves_once BEFORE UPDATE ON ledger_hold WHEN OLD.state <> 'open' OR ${placed('OLD')} <> ${placed('NEW')}
  OR (NEW.captured_hi, NEW.captured_mid, NEW.captured_lo) < (OLD.captured_hi, OLD.captured_mid, OLD.captured_lo)
BEGIN SELECT RAISE(ABORT, 'a hold resolves once'); END;
CREATE TRIGGER ledger_account_opened_held BEFORE INSERT ON ledger_account WHEN ${held('NEW.')} <> (0, 0, 0) BEGIN ${refuse} END;
`,
}
