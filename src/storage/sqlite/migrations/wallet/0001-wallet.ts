import type { Migration } from '../../migrate.ts'
import { limbs } from '../ledger/limbs.ts'

/**
 * What a wallet keeps beside the mirrored book, and the indices of the book that only a wallet asks: what was posted for a movement, and the legs of a stretch
 * of postings, which a statement walks.
 * A movement's number is its instant in milliseconds times 2^20 plus a counter: the order of rows is the order in time, for the table, for each of its indices
 * and for the search index, so that every page is one walk from a key. A facet is a combination of currency, kind and state, with how many movements it has.
 */
export const walletTables: Migration = {
  version: 1,
  name: 'wallet',
  sql: `
CREATE TABLE feed_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL CHECK (n >= 0)) STRICT;
INSERT INTO feed_cursor VALUES (1, 0);

CREATE INDEX ledger_journal_subject ON ledger_journal (subject);
CREATE INDEX ledger_leg_posting ON ledger_leg (posting);
CREATE TABLE posting_telling (
  posting INTEGER PRIMARY KEY REFERENCES ledger_journal (n),
  legs TEXT NOT NULL
) STRICT;

CREATE TABLE movement_facet (
  n INTEGER PRIMARY KEY,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
  UNIQUE (currency, kind, state)
) STRICT;

CREATE TABLE movement (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  facet INTEGER NOT NULL REFERENCES movement_facet (n),
  at INTEGER NOT NULL CHECK (n >> 20 = at),
  title TEXT NOT NULL,
  reference TEXT NOT NULL,
  words TEXT NOT NULL,
  ${limbs()},
  ${limbs('fee_')},
  after_hi INTEGER,
  after_mid INTEGER,
  after_lo INTEGER
) STRICT;
CREATE INDEX movement_by_facet ON movement (facet, n);
CREATE TRIGGER movement_counted AFTER INSERT ON movement BEGIN UPDATE movement_facet SET count = count + 1 WHERE n = NEW.facet; END;
CREATE TRIGGER movement_uncounted AFTER DELETE ON movement BEGIN UPDATE movement_facet SET count = count - 1 WHERE n = OLD.facet; END;
CREATE TRIGGER movement_recounted AFTER UPDATE OF facet ON movement WHEN OLD.facet <> NEW.facet BEGIN
  UPDATE movement_facet SET count = count - 1 WHERE n = OLD.facet;
  UPDATE movement_facet SET count = count + 1 WHERE n = NEW.facet;
END;
CREATE VIRTUAL TABLE movement_text USING fts5(title, reference, words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE document (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX document_newest ON document (kind, at);

CREATE TABLE intent (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  json TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  answer TEXT
) STRICT;
CREATE INDEX intent_open ON intent (n) WHERE answer IS NULL;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
}
