import type { Migration } from '../../../migration.ts'

/**
 * What is shown of a payment stands once, in the answer of the command that made it. From here on a row of the feed holds all that one transaction told,
 * a line for each event, and has the number of the last one.
 */
export const toldOnce: Migration = {
  version: 1,
  name: 'service-told-once',
  sql: 'ALTER TABLE payment DROP COLUMN json',
}
