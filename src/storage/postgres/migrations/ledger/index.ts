import type { Migration } from '../../../migration.ts'
import { ledger } from './0001-ledger.ts'
import { triggers } from './0002-triggers.ts'
import { chart } from './0003-chart.ts'

/** The tables of the book. Append only. */
export const ledgerMigrations: readonly Migration[] = [ledger, triggers, chart]
