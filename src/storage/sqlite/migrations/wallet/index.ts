import type { Migration } from '../../migrate.ts'
import { ledgerMigrations } from '../ledger/index.ts'
import { walletTables } from './0001-wallet.ts'

/** A wallet's database: the book and what stands beside it. Append only. */
export const walletMigrations: readonly Migration[] = [...ledgerMigrations, walletTables]
