import { join } from 'node:path'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { verify } from '#service/program/verify.ts'
import { digest } from '#storage/digest.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/sqlite/migrations/service/index.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import type { BenchRow } from '../row.ts'
import { rate } from '../timing.ts'

const postings = 200_000
const perCommit = 1000
const people = 500
const rail: AccountId = 'rail:bank:EUR'
const key = new Uint8Array(32).fill(3)

/** A service's book of top-ups for many people. */
function makeBook(path: string): void {
  const db = openDatabase({ path, key, migrations: [...ledgerMigrations, ...serviceMigrations], application: 'service' })
  db.exec('PRAGMA synchronous = OFF')
  const ledger = createLedgerStore(db)
  const holder = (n: number): AccountId => `holder:h${n % people}:EUR`
  for (const account of [rail, ...Array.from({ length: people }, (_, n) => holder(n))])
    ledger.postNow({ id: `open ${account}`, at: 1, type: 'open', account })
  const command = (n: number): LedgerCommand => ({
    ...{ id: `p${n}`, at: n, type: 'post', kind: 'top_up', subject: `s${n}`, effectiveAt: n },
    legs: [
      { account: holder(n), minor: 1250n },
      { account: rail, minor: -1250n },
    ],
  })
  for (let n = 0; n < postings; n += perCommit) ledger.postAll(Array.from({ length: perCommit }, (_, of) => command(n + of)))
  db.close()
}

/** The least that checking a posting must do: two digests of texts as long as a leg's. */
function digestsOnly(): () => void {
  const text = 'x'.repeat(250)
  return () => {
    digest(text)
    digest(text)
  }
}

const row: BenchRow = {
  name: 'verify 200k postings',
  seconds: 25,
  needsWallet: false,
  measure: async ({ folder }) => {
    const path = join(folder, 'verify.db')
    makeBook(path)
    const book = openBookReader({ path, key })
    const start = performance.now()
    const told = await verify(book)
    const value = (postings * 1000) / (performance.now() - start)
    book.close()
    if (told.wrong !== null || told.postings !== postings) throw new Error(`the book is not sound: ${told.wrong}`)
    const reference = rate(digestsOnly(), 1000)
    const ratio = value / reference
    return { value, unit: 'postings/s', reference, ratio, goal: 'none set', ok: null, note: 'beside the digests of its legs alone' }
  },
}

export const rows: readonly BenchRow[] = [row]
