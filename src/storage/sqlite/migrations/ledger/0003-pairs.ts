import type { Migration } from '../../migrate.ts'
import { covered, follows } from './0002-quicker-checks.ts'
import { isZero } from './limbs.ts'

const pair = ['first', 'first_version', 'second', 'second_version', 'hi', 'mid', 'lo']
const isPair = `(${pair.map(column => `(${column} IS NULL)`).join(' + ')} IN (0, 7) AND (first IS NULL OR legs = '[]'))`

const named = `EXISTS (SELECT 1 FROM ledger_journal WHERE n = NEW.posting AND CASE WHEN first IS NULL
    THEN instr(legs, '[' || NEW.account || ',' || NEW.version || ',' || NEW.hi || ',' || NEW.mid || ',' || NEW.lo || ']') > 0
    ELSE (first = NEW.account AND first_version = NEW.version AND lo = NEW.lo AND mid = NEW.mid AND hi = NEW.hi)
      OR (second = NEW.account AND second_version = NEW.version AND lo = -NEW.lo AND mid = -NEW.mid AND hi = -NEW.hi) END)`

/**
 * A posting of two legs, as most are, names them in columns: what the first gets the second gives, so that they sum to zero by what they are, and only
 * their currency is asked. `legs` names those of any other posting, and of those that were written before.
 */
export const pairs: Migration = {
  version: 3,
  name: 'ledger',
  sql: `
${pair.map((column, n) => `ALTER TABLE ledger_journal ADD COLUMN ${column} INTEGER${n === pair.length - 1 ? ` CHECK ${isPair}` : ''};`).join('\n')}
DROP TRIGGER ledger_journal_balanced;
DROP TRIGGER ledger_leg_follows;

CREATE TRIGGER ledger_journal_balanced BEFORE INSERT ON ledger_journal WHEN NEW.legs IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'legs sum to zero in each currency') WHERE CASE WHEN NEW.first IS NOT NULL
    THEN (SELECT currency FROM ledger_account WHERE n = NEW.first) = (SELECT currency FROM ledger_account WHERE n = NEW.second)
    ELSE NOT EXISTS (SELECT 1 FROM json_each(NEW.legs) leg LEFT JOIN ledger_account a ON a.n = leg.value ->> 0
      GROUP BY a.currency HAVING (a.currency IS NOT NULL AND ${isZero('sum(leg.value ->> 2)', 'sum(leg.value ->> 3)', 'sum(leg.value ->> 4)')}
        AND count(*) = count(leg.value ->> 4)) IS NOT TRUE)
    END IS NOT TRUE;
END;
CREATE TRIGGER ledger_leg_follows BEFORE INSERT ON ledger_leg WHEN (${named} AND ${follows} AND ${covered}) IS NOT TRUE BEGIN
  SELECT CASE WHEN ${named} THEN RAISE(ABORT, 'a leg follows the one before it, and is covered') ELSE RAISE(ABORT, 'a leg is named by its posting') END;
END;
`,
}
