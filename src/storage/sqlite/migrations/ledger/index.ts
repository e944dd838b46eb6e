import type { Migration } from '../../migrate.ts'
import { ledgerBook } from './0001-book.ts'

/** The tables of the book: part of the wallet's database and of the service's. Append only. */
export const ledgerMigrations: readonly Migration[] = [ledgerBook]
