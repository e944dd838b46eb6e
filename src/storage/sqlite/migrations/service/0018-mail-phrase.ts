import type { Migration } from '../../../migration.ts'

/** The phrase that stands in each mail to a holder; and mails to an address that had no account when they were written are found by it. */
export const mailPhrase: Migration = {
  version: 1,
  name: 'service-mail-phrase',
  sql: `
ALTER TABLE account_safety ADD COLUMN mail_phrase TEXT;
CREATE INDEX mail_of_nobody ON mail (recipient) WHERE holder_id IS NULL;
`,
}
