/**
 * What a hand in SQL might do to a book, and how each store refuses it: statements of one transaction, in the words of its own tables. The book holds
 * holder:a:EUR with 5.00 (one leg, posting p1, 2.00 of it held by h1), rail:b:EUR with what balances it, and rail:b:USD with nothing. The audit log has one line.
 */
export type Hand = readonly [statements: readonly string[], refusal: RegExp]
export type Deed = { readonly sqlite: Hand | null; readonly postgres: Hand }

const chain = 'c'.repeat(43)

const said = `'x', 'fee', 's', 1, 1`
const entry = (legs: string) =>
  `INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs) VALUES (${said}, '${legs}')`
const pair = (named: string, legs = '[]') =>
  `INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs, first, first_version, second, second_version, hi, mid, lo)
   VALUES (${said}, '${legs}', ${named})`
const limbLeg = (values: string) =>
  `INSERT INTO ledger_leg (account, version, posting, hi, mid, lo, after_hi, after_mid, after_lo, chain) VALUES (${values}, '${chain}')`
/** In SQLite a hold moves what its account holds. */
const holdOf = (lo: number) =>
  `INSERT INTO ledger_hold (id, account, hi, mid, lo, subject, expires_at) VALUES ('h2', 1, 0, 0, ${lo}, 's', 9)`
const next = '(SELECT max(n) FROM ledger_journal)'

const posting = `INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at) VALUES ('x', 'h', '{}', 'fee', 's', 1, 1)`
type NumericLeg = readonly [account: string, version: number, minor: number, after: number]
const legs = (...of: readonly NumericLeg[]) =>
  `INSERT INTO ledger_leg (account, version, posting, position, minor, after, chain) VALUES ${of
    .map(([account, version, minor, after], index) => `('${account}', ${version}, 'x', ${index + 1}, ${minor}, ${after}, '${chain}')`)
    .join(', ')}`
const [holder, rail, dollars] = ['holder:a:EUR', 'rail:b:EUR', 'rail:b:USD']
const ends = (account: string, version: number, posted: number) =>
  `UPDATE ledger_account SET version = ${version}, posted = ${posted}, chain = '${chain}' WHERE id = '${account}'`
/** A whole posting as a hand would write it: accounts as they end, the journal, legs. */
const written = (...of: readonly NumericLeg[]) => [
  ...of.map(([account, version, , after]) => ends(account, version, after)),
  posting,
  legs(...of),
]

const auditLine = (n: number): string =>
  `INSERT INTO audit_entry (n, at, done_by, act, object, detail, chain) VALUES (${n}, 1, 'operator', 'limit.set', 'x', '{}', '${chain}')`

/** The same statement in both. */
const both = (statements: readonly string[], refusal: RegExp): Deed => ({ sqlite: [statements, refusal], postgres: [statements, refusal] })

export const deeds: Readonly<Record<string, Deed>> = {
  'changing what was answered': both([`UPDATE ledger_journal SET answer = '{}'`], /immutable/),
  'changing what a posting is': both([`UPDATE ledger_journal SET kind = 'fee' WHERE id = 'p1'`], /immutable/),
  'giving a posting another id': both([`UPDATE ledger_journal SET id = 'p9' WHERE id = 'p1'`], /immutable/),
  'deleting an answer': both([`DELETE FROM ledger_journal WHERE id = 'h1'`], /immutable/),
  'putting another answer in the place of one': {
    sqlite: [[`INSERT OR REPLACE INTO ledger_journal (id, body, answer) VALUES ('h1', 'h', '{}')`], /immutable/],
    postgres: [
      [`INSERT INTO ledger_journal (id, body, answer) VALUES ('h1', 'h', '{}') ON CONFLICT (id) DO UPDATE SET answer = '{}'`],
      /immutable/,
    ],
  },
  'putting another hold in the place of one': {
    sqlite: [[holdOf(5).replace('INSERT', 'INSERT OR REPLACE').replace('h2', 'h1')], /stays in the book/],
    postgres: [
      [
        `INSERT INTO ledger_hold (id, account, minor, subject, expires_at) VALUES ('h1', '${holder}', 5, 's', 9) ON CONFLICT (id) DO UPDATE SET minor = 5`,
      ],
      /resolves once/,
    ],
  },
  'putting another account in the place of one': {
    sqlite: [
      [`INSERT OR REPLACE INTO ledger_account (id, owner, currency, may_go_below_zero) VALUES ('rail:b:USD', 'z', 'USD', 1)`],
      /stays in the book/,
    ],
    postgres: [
      [
        `INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, chain) VALUES ('rail:b:USD', 'z', 'USD', TRUE, '${chain}')
         ON CONFLICT (id) DO UPDATE SET owner = 'z'`,
      ],
      /never changes/,
    ],
  },
  'deleting the journal': both(['DELETE FROM ledger_journal'], /immutable/),
  'changing a leg': {
    sqlite: [['UPDATE ledger_leg SET lo = 1'], /immutable/],
    postgres: [['UPDATE ledger_leg SET minor = 1'], /immutable/],
  },
  'deleting legs': both(['DELETE FROM ledger_leg'], /immutable/),
  'emptying a table at once': {
    sqlite: null,
    postgres: [['TRUNCATE ledger_account, ledger_journal, ledger_leg, ledger_hold CASCADE'], /immutable|stays in the book/],
  },
  'an id of the journal twice': {
    sqlite: [[`INSERT INTO ledger_journal (id, body, answer) VALUES ('h1', 'h', '{}')`], /UNIQUE/],
    postgres: [[`INSERT INTO ledger_journal (id, body, answer) VALUES ('h1', 'h', '{}')`], /unique/],
  },
  'legs that do not sum to zero': {
    sqlite: [[entry('[[1,2,0,0,5],[2,2,0,0,-4]]')], /sum to zero/],
    postgres: [written([holder, 2, 5, 505], [rail, 2, -4, -504]), /sum to zero/],
  },
  'three legs that do not sum to zero': {
    sqlite: [[entry('[[1,2,0,0,5],[2,2,0,0,-4],[2,3,0,0,-2]]')], /sum to zero/],
    postgres: [
      [ends(holder, 2, 505), ends(rail, 3, -506), posting, legs([holder, 2, 5, 505], [rail, 2, -4, -504], [rail, 3, -2, -506])],
      /sum to zero/,
    ],
  },
  'a single leg': {
    sqlite: [[entry('[[1,2,0,0,5]]')], /sum to zero/],
    postgres: [written([holder, 2, 5, 505]), /sum to zero/],
  },
  'legs that sum to zero over two currencies only': {
    sqlite: [[entry('[[1,2,0,0,5],[3,1,0,0,-5]]')], /sum to zero/],
    postgres: [written([holder, 2, 5, 505], [dollars, 1, -5, -5]), /sum to zero/],
  },
  'a pair over two currencies': {
    sqlite: [[pair('1, 2, 3, 1, 0, 0, 5')], /sum to zero/],
    postgres: [written([dollars, 1, 5, 5], [rail, 2, -5, -505]), /sum to zero/],
  },
  'legs of which one has no amount': {
    sqlite: [[entry('[[1,2,0,0,5],[2,2,0,0]]')], /sum to zero/],
    postgres: [written([holder, 2, 0, 500], [rail, 2, 0, -500]), /check constraint/],
  },
  'legs of which one has no account': {
    sqlite: [[entry('[[1,2,0,0,5],[99,1,0,0,-5]]')], /sum to zero/],
    postgres: [written([holder, 2, 5, 505], ['holder:z:EUR', 1, -5, -5]), /foreign key/],
  },
  'a pair with an account that is not there': {
    sqlite: [[pair('1, 2, 99, 1, 0, 0, 5')], /sum to zero/],
    postgres: [[posting, legs(['rail:z:EUR', 1, 5, 5], ['rail:y:EUR', 1, -5, -5])], /foreign key/],
  },
  'a leg of no posting': {
    sqlite: [[limbLeg('1, 2, 99, 0, 0, 5, 0, 0, 505')], /named by its posting/],
    postgres: [[legs([holder, 2, 5, 505], [rail, 2, -5, -505])], /foreign key/],
  },
  'legs under an id that is no posting': {
    sqlite: [[limbLeg(`1, 2, (SELECT n FROM ledger_journal WHERE id = 'h1'), 0, 0, 5, 0, 0, 505`)], /named by its posting/],
    postgres: [
      [ends(holder, 2, 505), ends(rail, 2, -505), legs([holder, 2, 5, 505], [rail, 2, -5, -505]).replaceAll(`'x'`, `'h1'`)],
      /named by its posting/,
    ],
  },
  'legs that an old posting does not name': {
    sqlite: [[limbLeg('1, 2, 3, 0, 0, 5, 0, 0, 505')], /named by its posting/],
    postgres: [
      [
        ends(holder, 2, 505),
        ends(rail, 2, -505),
        legs([holder, 2, 5, 505], [rail, 2, -5, -505]).replaceAll(/'x', (\d)/g, (_, position) => `'p1', ${Number(position) + 2}`),
      ],
      /named by its posting/,
    ],
  },
  'legs one at a time': {
    sqlite: null,
    postgres: [[ends(holder, 2, 505), posting, legs([holder, 2, 5, 505])], /sum to zero/],
  },
  'a leg of another amount than named': {
    sqlite: [[entry('[[1,2,0,0,-40],[2,2,0,0,40]]'), limbLeg(`1, 2, ${next}, 0, 0, -4, 0, 0, 496`)], /named by its posting/],
    postgres: [written([holder, 2, -4, 496], [rail, 2, 40, -460]), /sum to zero/],
  },
  'a leg of another amount than its pair': {
    sqlite: [[pair('1, 2, 2, 2, 0, 0, 5'), limbLeg(`1, 2, ${next}, 0, 0, 50, 0, 0, 550`)], /named by its posting/],
    postgres: [written([holder, 2, 50, 550], [rail, 2, -5, -505]), /sum to zero/],
  },
  'a leg that gets what its pair gives': {
    sqlite: [[pair('1, 2, 2, 2, 0, 0, 5'), limbLeg(`2, 2, ${next}, 0, 0, 5, 0, 0, -495`)], /named by its posting/],
    postgres: [written([holder, 2, 5, 505], [rail, 2, 5, -495]), /sum to zero/],
  },
  'a leg that leaves another balance': {
    sqlite: [[entry('[[1,2,0,0,-5],[2,2,0,0,5]]'), limbLeg(`1, 2, ${next}, 0, 0, -5, 0, 0, 500`)], /follows the one before/],
    postgres: [written([holder, 2, -5, 500], [rail, 2, 5, -495]), /follows the one before/],
  },
  'a gap in the versions': {
    sqlite: [[entry('[[1,3,0,0,-5],[2,2,0,0,5]]'), limbLeg(`1, 3, ${next}, 0, 0, -5, 0, 0, 495`)], /follows the one before/],
    postgres: [written([holder, 3, -5, 495], [rail, 2, 5, -495]), /follows the one before/],
  },
  'a gap before the first version': {
    sqlite: [[entry('[[3,2,0,0,-5],[3,3,0,0,5]]'), limbLeg(`3, 2, ${next}, 0, 0, -5, 0, 0, -5`)], /follows the one before/],
    postgres: [[ends(dollars, 3, 0), posting, legs([dollars, 2, -5, -5], [dollars, 3, 5, 0])], /follows the one before/],
  },
  'a version twice': {
    sqlite: [[entry('[[1,1,0,0,-5],[2,2,0,0,5]]'), limbLeg(`1, 1, ${next}, 0, 0, -5, 0, 0, -5`)], /follows the one before|UNIQUE/],
    postgres: [[posting, legs([holder, 1, -5, -5], [rail, 2, 5, -495])], /unique/],
  },
  'legs beyond their accounts': {
    sqlite: null,
    postgres: [[posting, legs([holder, 2, -5, 495], [rail, 2, 5, -495])], /follows the one before/],
  },
  'an account beyond its legs': { sqlite: null, postgres: [[ends(holder, 2, 505)], /sum of its legs/] },
  'money out of nothing': {
    sqlite: null,
    postgres: [[`UPDATE ledger_account SET posted = posted + 5 WHERE id = '${holder}'`], /sum of its legs/],
  },
  'an account back at an earlier leg': {
    sqlite: null,
    postgres: [[`UPDATE ledger_account SET version = 0, posted = 0 WHERE id = '${rail}'`], /sum of its legs/],
  },
  'another chain of an account': {
    sqlite: null,
    postgres: [[`UPDATE ledger_account SET chain = '${chain}' WHERE id = '${holder}'`], /sum of its legs/],
  },
  'an account that opens with money': {
    sqlite: null,
    postgres: [
      [
        `INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, posted, chain) VALUES ('holder:n:EUR', 'n', 'EUR', FALSE, 5, '${chain}')`,
      ],
      /sum of its legs/,
    ],
  },
  'what takes money that is held': {
    sqlite: [[entry('[[1,2,0,0,-400],[2,2,0,0,400]]'), limbLeg(`1, 2, ${next}, 0, 0, -400, 0, 0, 100`)], /covered/],
    postgres: [written([holder, 2, -400, 100], [rail, 2, 400, -100]), /check constraint/],
  },
  'holding more than there is': {
    sqlite: [[holdOf(301)], /cover what is held/],
    postgres: [[`UPDATE ledger_account SET held = 501 WHERE id = '${holder}'`], /check constraint/],
  },
  'holding less than the holds': {
    sqlite: [['UPDATE ledger_account SET held_lo = 199 WHERE n = 1'], /open holds/],
    postgres: [[`UPDATE ledger_account SET held = 199 WHERE id = '${holder}'`], /open holds/],
  },
  'holding more than the holds': {
    sqlite: [['UPDATE ledger_account SET held_lo = 201 WHERE n = 1'], /open holds/],
    postgres: [[`UPDATE ledger_account SET held = 201 WHERE id = '${holder}'`], /open holds/],
  },
  'an account that opens with something held': {
    sqlite: [
      [`INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, held_lo) VALUES ('rail:n:EUR', 'n', 'EUR', 1, 5)`],
      /open holds/,
    ],
    postgres: [
      [
        `INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, held, chain) VALUES ('rail:n:EUR', 'n', 'EUR', TRUE, 5, '${chain}')`,
      ],
      /open holds/,
    ],
  },
  'a hold that its account does not know': {
    sqlite: [[holdOf(5), 'UPDATE ledger_account SET held_lo = 200 WHERE n = 1'], /open holds/],
    postgres: [[`INSERT INTO ledger_hold (id, account, minor, subject, expires_at) VALUES ('h2', '${holder}', 5, 's', 9)`], /open holds/],
  },
  'releasing a hold that the account goes on holding': {
    sqlite: [[`UPDATE ledger_hold SET state = 'released'`, 'UPDATE ledger_account SET held_lo = 200 WHERE n = 1'], /open holds/],
    postgres: [[`UPDATE ledger_hold SET state = 'released'`], /open holds/],
  },
  'letting an account go below zero': {
    sqlite: [['UPDATE ledger_account SET may_go_below_zero = 1 WHERE n = 1'], /never changes/],
    postgres: [[`UPDATE ledger_account SET may_go_below_zero = TRUE WHERE id = '${holder}'`], /never changes/],
  },
  "opening a holder's account that goes below zero": {
    sqlite: [
      [`INSERT INTO ledger_account (id, owner, currency, may_go_below_zero) VALUES ('holder:z:EUR', 'z', 'EUR', 1)`],
      /chart of accounts/,
    ],
    postgres: [
      [
        `INSERT INTO ledger_account (id, owner, currency, may_go_below_zero, status, posted, held, version, chain)
         VALUES ('holder:z:EUR', 'z', 'EUR', TRUE, 'open', 0, 0, 0, '')`,
      ],
      /check constraint/,
    ],
  },
  'giving an account to another': both([`UPDATE ledger_account SET owner = 'z' WHERE id = 'holder:a:EUR'`], /never changes/),
  'deleting an account': both([`DELETE FROM ledger_account WHERE id = 'rail:b:USD'`], /stays in the book/),
  'deleting a hold': both(['DELETE FROM ledger_hold'], /stays in the book/),
  'resolving a hold twice': both(
    [`UPDATE ledger_hold SET state = 'released'`, `UPDATE ledger_hold SET state = 'captured'`],
    /resolves once/,
  ),
  'opening a hold again': both([`UPDATE ledger_hold SET state = 'released'`, `UPDATE ledger_hold SET state = 'open'`], /resolves once/),
  'another amount of a hold': {
    sqlite: [['UPDATE ledger_hold SET lo = 201'], /resolves once/],
    postgres: [['UPDATE ledger_hold SET minor = 201'], /resolves once/],
  },
  'another reason of an open hold': both([`UPDATE ledger_hold SET subject = 'another'`], /resolves once/),
  'another end of an open hold': both(['UPDATE ledger_hold SET expires_at = expires_at + 1'], /resolves once/),
  'giving back what was captured': {
    sqlite: [['UPDATE ledger_hold SET captured_lo = 5', 'UPDATE ledger_hold SET captured_lo = 4'], /resolves once/],
    postgres: [['UPDATE ledger_hold SET captured = 5', 'UPDATE ledger_hold SET captured = 4'], /resolves once/],
  },
  'capturing more than is held': {
    sqlite: [['UPDATE ledger_hold SET captured_lo = 201'], /CHECK/],
    postgres: [['UPDATE ledger_hold SET captured = 201'], /check constraint/],
  },
  'reversing twice': {
    sqlite: [
      [1, 2].map(
        n =>
          `INSERT INTO ledger_journal (id, kind, subject, effective_at, recorded_at, legs, reverses) VALUES ('r${n}', 'reversal', 's', 1, 1, '[]', 'p1')`,
      ),
      /UNIQUE/,
    ],
    postgres: [
      [1, 2].map(
        n =>
          `INSERT INTO ledger_journal (id, body, answer, kind, subject, effective_at, recorded_at, reverses) VALUES ('r${n}', 'h', '{}', 'reversal', 's', 1, 1, 'p1')`,
      ),
      /unique/,
    ],
  },
  'a command with another answer': both([`UPDATE command SET answer = '{}'`], /keeps its answer/),
  'a command that is forgotten': both(['DELETE FROM command'], /keeps its answer/),
  'a line of the audit log that says something else': both([`UPDATE audit_entry SET detail = '{}'`], /only written on/),
  'a line of the audit log that is gone': both(['DELETE FROM audit_entry WHERE n = 1'], /only written on/),
  'a line of the audit log beyond the next one': both([auditLine(3)], /has no gap/),
  'another line of the audit log under the same number': {
    sqlite: [[auditLine(1).replace('INSERT', 'INSERT OR REPLACE')], /has no gap/],
    postgres: [[`${auditLine(1)} ON CONFLICT (n) DO UPDATE SET act = 'x'`], /only written on/],
  },
  'deleting a document in review': both(['DELETE FROM identity_document_part', 'DELETE FROM identity_document'], /in review stays/),
  'ending a document before its review': both([`UPDATE identity_document SET kept_until = 1`], /in review stays/),
  'a document of another step': both([`UPDATE identity_document SET step = 'financial'`], /stays what it is/),
  'another page in the place of one': both([`UPDATE identity_document_part SET content = 'x'`], /stays what it is/),
  'a document without its parts': both(
    [`UPDATE identity_step SET state = 'verified'`, `UPDATE identity_document SET kept_until = 1`, 'DELETE FROM identity_document'],
    /FOREIGN KEY|belongs to a document/,
  ),
  'a part of no document': both(
    [`INSERT INTO identity_document_part (holder_id, address, n, content) VALUES ('ana', 'none', 0, 'x')`],
    /FOREIGN KEY|belongs to a document/,
  ),
  'emptying the documents at once': {
    sqlite: null,
    postgres: [['TRUNCATE identity_document, identity_document_part'], /in review stays|stays what it is/],
  },
  'emptying the audit log at once': { sqlite: null, postgres: [['TRUNCATE audit_entry'], /only written on/] },
}
