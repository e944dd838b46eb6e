import type { Migration } from '../../../migration.ts'

/** To whom a mail was written, so that a holder can be shown what the service sent. Mails of before have nobody. */
export const mailsOfHolders: Migration = {
  version: 1,
  name: 'service-mails-of-holders',
  sql: `
ALTER TABLE mail ADD COLUMN holder_id TEXT REFERENCES holder (id);
CREATE INDEX mail_holder ON mail (holder_id, id) WHERE holder_id IS NOT NULL;
`,
}
