import type { Migration } from '../../migrate.ts'
import { ledgerMigrations } from '../ledger/index.ts'
import { walletTables } from './0001-wallet.ts'
import { personalTables } from './0002-personal.ts'
import { toldHeld } from './0003-told-held.ts'

/** A wallet's database: the book and what stands beside it. Append only. */
export const walletMigrations: readonly Migration[] = [...ledgerMigrations, walletTables, personalTables, toldHeld]
