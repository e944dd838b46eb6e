import type { Migration } from '../../migrate.ts'

/**
 * Notes, labels and contacts. `sent`: the service holds it; `over_*`: what was known to stand there when an unsent value was written, where there was something.
 * `movement_label` follows from both the registers and the movements that are here, in the order of the history.
 */
export const personalTables: Migration = {
  version: 1,
  name: 'wallet-personal',
  sql: `
CREATE TABLE personal_register (
  subject TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  ms INTEGER NOT NULL,
  count INTEGER NOT NULL,
  device TEXT NOT NULL,
  sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
  over_ms INTEGER,
  over_count INTEGER,
  over_device TEXT,
  PRIMARY KEY (subject, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_register_newest ON personal_register (ms, count);
CREATE INDEX personal_register_unsent ON personal_register (ms, count) WHERE sent = 0;

CREATE TABLE movement_label (
  label TEXT NOT NULL,
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (label, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX movement_label_of ON movement_label (n);
`,
}
