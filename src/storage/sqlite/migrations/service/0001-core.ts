import type { Migration } from '../../migrate.ts'

/**
 * Holders, their devices and sessions, commands with their answers, the feed, orders, payments, limits and questions. Instants are milliseconds;
 * amounts are decimal text of smallest units (they are read one at a time; what is summed stands in the ledger, or in euro cents).
 */
export const core: Migration = {
  version: 1,
  name: 'service-core',
  sql: `
    CREATE TABLE holder (
      id TEXT PRIMARY KEY,
      email TEXT NOT NULL,
      email_key TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      country TEXT NOT NULL,
      born_on TEXT,
      time_zone TEXT NOT NULL,
      locale TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      registered_at INTEGER NOT NULL,
      security_hold_since INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE device (
      id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder,
      public_key TEXT NOT NULL,
      name TEXT NOT NULL,
      system TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX device_by_holder ON device (holder_id);

    CREATE TABLE session (
      token_hash TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder,
      device_id TEXT NOT NULL REFERENCES device,
      started_at INTEGER NOT NULL,
      ended_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_by_device ON session (device_id);

    CREATE TABLE command (
      id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder,
      device_id TEXT NOT NULL REFERENCES device,
      type TEXT NOT NULL,
      content TEXT NOT NULL,
      made_at TEXT NOT NULL,
      signature TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      answer TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE feed_head (
      holder_id TEXT PRIMARY KEY REFERENCES holder,
      last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE feed_row (
      holder_id TEXT NOT NULL REFERENCES holder,
      n INTEGER NOT NULL,
      at INTEGER NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (holder_id, n)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE shop_order (
      id TEXT PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('open', 'held', 'paid', 'cancelled', 'expired')),
      shop TEXT NOT NULL,
      shop_reference TEXT NOT NULL,
      lines TEXT NOT NULL,
      currency TEXT NOT NULL,
      minor TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      return_url TEXT,
      only_in TEXT,
      payment_id TEXT UNIQUE,
      timeline TEXT NOT NULL,
      CHECK ((state IN ('held', 'paid')) = (payment_id IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX open_order_by_end ON shop_order (expires_at) WHERE state = 'open';

    CREATE TABLE payment (
      id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder,
      order_id TEXT NOT NULL REFERENCES shop_order,
      state TEXT NOT NULL CHECK (state IN ('held', 'captured', 'declined', 'voided')),
      at INTEGER NOT NULL,
      json TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX one_payment_of_an_order ON payment (order_id) WHERE state IN ('held', 'captured');

    CREATE TABLE payment_limit (
      holder_id TEXT NOT NULL REFERENCES holder,
      kind TEXT NOT NULL CHECK (kind IN ('per_payment', 'per_day')),
      eur_minor TEXT,
      requested TEXT,
      PRIMARY KEY (holder_id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE limit_use (
      payment_id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder,
      day TEXT NOT NULL,
      eur_minor INTEGER NOT NULL CHECK (eur_minor >= 0)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX limit_use_by_day ON limit_use (holder_id, day, eur_minor);

    CREATE TABLE question (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      holder_id TEXT NOT NULL REFERENCES holder,
      about TEXT NOT NULL,
      text TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
      asked_at INTEGER NOT NULL,
      answer TEXT,
      answered_at INTEGER
    ) STRICT;
    CREATE INDEX open_question ON question (number) WHERE state = 'open';

    CREATE TABLE service_setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
