import type { Migration } from '../../migrate.ts'
import { ledger } from './0001-ledger.ts'
import { quickerChecks } from './0002-quicker-checks.ts'
import { pairs } from './0003-pairs.ts'
import { chart } from './0004-chart.ts'
import { holds } from './0005-holds.ts'

/** The tables of the book: part of the wallet's database and of the service's. Append only. */
export const ledgerMigrations: readonly Migration[] = [ledger, quickerChecks, pairs, chart, holds]
