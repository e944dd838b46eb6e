import type { Migration } from '../../../sqlite/migrate.ts'
import { ledger } from './0001-ledger.ts'

/** The tables of the book. Append only. */
export const ledgerMigrations: readonly Migration[] = [ledger]
