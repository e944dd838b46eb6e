import type { Migration } from '../../migrate.ts'

/** A wallet is told what of an account is held, and of no hold: here `held` stands for itself. */
export const toldHeld: Migration = {
  version: 1,
  name: 'wallet-held',
  sql: 'DROP TRIGGER ledger_account_held;',
}
