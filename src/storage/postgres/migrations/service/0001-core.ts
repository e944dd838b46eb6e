import type { Migration } from '../../../sqlite/migrate.ts'

/**
 * Holders, their devices and sessions, commands with their answers, the feed, orders, payments, limits and questions. Instants are milliseconds;
 * amounts that are read one at a time are decimal text of smallest units, as in SQLite; what is summed is NUMERIC.
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
      registered_at BIGINT NOT NULL,
      security_hold_since BIGINT
    );

    CREATE TABLE device (
      id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder (id),
      public_key TEXT NOT NULL,
      name TEXT NOT NULL,
      system TEXT NOT NULL,
      added_at BIGINT NOT NULL,
      revoked_at BIGINT
    );
    CREATE INDEX device_by_holder ON device (holder_id);

    CREATE TABLE session (
      token_hash TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder (id),
      device_id TEXT NOT NULL REFERENCES device (id),
      started_at BIGINT NOT NULL,
      ended_at BIGINT
    );
    CREATE INDEX session_by_device ON session (device_id);

    CREATE TABLE command (
      id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder (id),
      device_id TEXT NOT NULL REFERENCES device (id),
      type TEXT NOT NULL,
      content TEXT NOT NULL,
      made_at TEXT NOT NULL,
      signature TEXT NOT NULL,
      received_at BIGINT NOT NULL,
      answer TEXT NOT NULL
    );

    CREATE TABLE feed_head (
      holder_id TEXT PRIMARY KEY REFERENCES holder (id),
      last BIGINT NOT NULL
    );
    CREATE TABLE feed_row (
      holder_id TEXT NOT NULL REFERENCES holder (id),
      n BIGINT NOT NULL,
      at BIGINT NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (holder_id, n)
    );

    CREATE TABLE shop_order (
      id TEXT PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('open', 'held', 'paid', 'cancelled', 'expired')),
      shop TEXT NOT NULL,
      shop_reference TEXT NOT NULL,
      lines TEXT NOT NULL,
      currency TEXT NOT NULL,
      minor TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      return_url TEXT,
      only_in TEXT,
      payment_id TEXT UNIQUE,
      timeline TEXT NOT NULL,
      CHECK ((state IN ('held', 'paid')) = (payment_id IS NOT NULL))
    );
    CREATE INDEX open_order_by_end ON shop_order (expires_at) WHERE state = 'open';

    CREATE TABLE payment (
      id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder (id),
      order_id TEXT NOT NULL REFERENCES shop_order (id),
      state TEXT NOT NULL CHECK (state IN ('held', 'captured', 'declined', 'voided')),
      at BIGINT NOT NULL,
      json TEXT NOT NULL
    );
    CREATE UNIQUE INDEX one_payment_of_an_order ON payment (order_id) WHERE state IN ('held', 'captured');

    CREATE TABLE payment_limit (
      holder_id TEXT NOT NULL REFERENCES holder (id),
      kind TEXT NOT NULL CHECK (kind IN ('per_payment', 'per_day')),
      eur_minor TEXT,
      requested TEXT,
      PRIMARY KEY (holder_id, kind)
    );
    CREATE TABLE limit_use (
      payment_id TEXT PRIMARY KEY,
      holder_id TEXT NOT NULL REFERENCES holder (id),
      day TEXT NOT NULL,
      eur_minor NUMERIC(39, 0) NOT NULL CHECK (eur_minor >= 0)
    );
    CREATE INDEX limit_use_by_day ON limit_use (holder_id, day, eur_minor);

    CREATE TABLE question (
      number BIGINT PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      holder_id TEXT NOT NULL REFERENCES holder (id),
      about TEXT NOT NULL,
      text TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
      asked_at BIGINT NOT NULL,
      answer TEXT,
      answered_at BIGINT
    );
    CREATE INDEX open_question ON question (number) WHERE state = 'open';

    CREATE TABLE service_setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    );
  `,
}
