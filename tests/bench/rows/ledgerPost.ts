import { createRequire } from 'node:module'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import type { BenchRow } from '../row.ts'
import { byTurns, rate } from '../timing.ts'

const load = createRequire(import.meta.url)

/** The least that any durable record of a transfer must do: two inserts and a commit on disk, in plain text. */
function rawLoop(path: string, batch: number): () => void {
  const Sqlite: typeof BetterSqlite3 = load('better-sqlite3')
  const db = new Sqlite(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, body TEXT); CREATE TABLE two (id INTEGER PRIMARY KEY, body TEXT)')
  const one = db.prepare('INSERT INTO one (body) VALUES (?)')
  const two = db.prepare('INSERT INTO two (body) VALUES (?)')
  const body = 'x'.repeat(80)
  return db.transaction(() => {
    for (let i = 0; i < batch; i += 1) {
      one.run(body)
      two.run(body)
    }
  }).immediate
}

function ourLedger(path: string) {
  const db = openDatabase({ path, key: new Uint8Array(32).fill(3), migrations: ledgerMigrations, application: 'service' })
  const ledger = createLedgerStore(db)
  let n = 0
  const id = () => `01999999-0000-7000-8000-${String(n++).padStart(12, '0')}`
  for (let owner = 0; owner < 50; owner += 1) ledger.postNow({ id: id(), at: 1, type: 'open', account: `holder:h${owner}:EUR` })
  ledger.postNow({ id: id(), at: 1, type: 'open', account: 'rail:bank:EUR' })
  const command = (): LedgerCommand => ({
    id: id(),
    at: n,
    type: 'post',
    kind: 'top_up',
    subject: id(),
    effectiveAt: n,
    legs: [
      { account: `holder:h${n % 50}:EUR`, minor: 1250n },
      { account: 'rail:bank:EUR', minor: -1250n },
    ],
  })
  return { ledger, command }
}

const durable: BenchRow = {
  name: 'durable encrypted post',
  seconds: 16,
  needsWallet: false,
  measure: async ({ folder }) => {
    const raw = rawLoop(join(folder, 'raw-one.db'), 1)
    const { ledger, command } = ourLedger(join(folder, 'post-one.db'))
    const [value, reference] = byTurns(
      () => rate(() => ledger.postNow(command()), 250),
      () => rate(raw, 250),
      // Short turns, many of them: a disk that others use is as slow for one as for the other.
      32,
    )
    const ratio = value / reference
    return { value, unit: 'posts/s', reference, ratio, goal: '>= 0.7 x raw durable two-insert loop', ok: ratio >= 0.7 }
  },
}

const batched: BenchRow = {
  name: 'batched post 1000',
  seconds: 14,
  needsWallet: false,
  measure: async ({ folder }) => {
    const raw = rawLoop(join(folder, 'raw-batch.db'), 1000)
    const { ledger, command } = ourLedger(join(folder, 'post-batch.db'))
    const [value, reference] = byTurns(
      () => rate(() => ledger.postAll(Array.from({ length: 1000 }, command)), 1000, 1000),
      () => rate(raw, 1000, 1000),
      7,
    )
    const ratio = value / reference
    return { value, unit: 'posts/s', reference, ratio, goal: '>= 0.12 x raw loop batched by 1000', ok: ratio >= 0.12 }
  },
}

export const rows: readonly BenchRow[] = [durable, batched]
