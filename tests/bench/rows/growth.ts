import { join } from 'node:path'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'

const people = 500
const perCommit = 1000
const rounds = 1500
const rail: AccountId = 'rail:bank:EUR'
const holder = (n: number): AccountId => `holder:h${n % people}:EUR`

/** A book of so many postings, and one command more each time that it is asked, durable as any. */
function bookOf(path: string, postings: number): () => void {
  const db = openDatabase({ path, key: new Uint8Array(32).fill(3), migrations: ledgerMigrations, application: 'service' })
  const ledger = createLedgerStore(db)
  // Making it is not what is measured: a power cut may take it.
  db.exec('PRAGMA synchronous = OFF')
  for (const account of [rail, ...Array.from({ length: people }, (_, n) => holder(n))])
    ledger.postNow({ id: `open ${account}`, at: 1, type: 'open', account })
  let n = 0
  const command = (): LedgerCommand => {
    n += 1
    const id = `01999999-0000-7000-8000-${String(n).padStart(12, '0')}`
    const legs = [
      { account: holder(n), minor: 1250n },
      { account: rail, minor: -1250n },
    ]
    return { id, at: n, type: 'post', kind: 'top_up', subject: id, effectiveAt: n, legs }
  }
  while (n < postings) ledger.postAll(Array.from({ length: perCommit }, command))
  db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL')
  return () => ledger.postNow(command())
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

const row: BenchRow = {
  name: 'a command as the book grows',
  seconds: 60,
  needsWallet: false,
  measure: async ({ folder, movements }) => {
    const sizes = [movements / 100, movements / 10, movements]
    const books = sizes.map(size => bookOf(join(folder, `growth-${size}.db`), size))
    // By turns, command for command: what else the machine does meets all three alike.
    const turns = Array.from({ length: rounds }, () => books.map(timed))
    const costs = sizes.map((_, of) => median(turns.map(turn => turn[of] ?? Number.NaN)))
    const [reference = Number.NaN] = costs
    const value = costs.at(-1) ?? Number.NaN
    const ratio = value / reference
    const note = sizes.map((size, of) => `${size.toLocaleString('en')} postings: ${((costs[of] ?? 0) * 1000).toFixed(0)} µs`).join(', ')
    return { value, unit: 'ms', reference, ratio, goal: '<= 1.5 x the same with a hundredth of it', ok: ratio <= 1.5, note }
  },
}

export const rows: readonly BenchRow[] = [row]
