import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { bookKey } from '../load/books.ts'

/** A service's book in a file, with the key of `bookKey`. */
export type BenchBook = { readonly path: string; readonly postings: number }

const people = 500
const perCommit = 1000
const rail: AccountId = 'rail:bank:EUR'
const holder = (n: number): AccountId => `holder:h${n % people}:EUR`

/** The nth top-up of a book, from 0. */
export function topUpOf(n: number): LedgerCommand {
  const id = `01999999-0000-7000-8000-${String(n).padStart(12, '0')}`
  const legs = [
    { account: holder(n), minor: 1250n },
    { account: rail, minor: -1250n },
  ]
  return { id, at: n, type: 'post', kind: 'top_up', subject: id, effectiveAt: n, legs }
}

export const openBenchBook = (path: string): Database =>
  openDatabase({ path, key: bookKey, migrations: [...ledgerMigrations, ...serviceMigrations], application: 'service' })

/** Makes a service's book of top-ups for many people, through the ledger as any. */
export function makeBook(path: string, postings: number): BenchBook {
  const db = openBenchBook(path)
  // Making it is not what is measured: a power cut may take it.
  db.exec('PRAGMA synchronous = OFF')
  const ledger = createLedgerStore(db)
  for (const account of [rail, ...Array.from({ length: people }, (_, n) => holder(n))])
    ledger.postNow({ id: `open ${account}`, at: 0, type: 'open', account })
  for (let made = 0; made < postings; made += perCommit)
    ledger.postAll(Array.from({ length: Math.min(perCommit, postings - made) }, (_, of) => topUpOf(made + of)))
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return { path, postings }
}
