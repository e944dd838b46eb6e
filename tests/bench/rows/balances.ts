import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { writeStatementFile } from '#storage/sqlite/wallet/statementFile.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import type { BenchRow } from '../row.ts'
import { medianMs } from '../timing.ts'

/** hledger takes minutes for a million: a tenth of the journal is what it is given, unless the run is a full one. */
const partOfPeer = 100_000

async function writeJournal(db: Database, path: string, newest: number): Promise<void> {
  const from = db.prepare<{ at: number }>('SELECT at FROM movement ORDER BY n DESC LIMIT 1 OFFSET ?').get(newest - 1)?.at ?? null
  const job = {
    id: 'bench',
    format: 'hledger',
    from,
    until: null,
    currencies: null,
    path,
    holder: 'Bench',
    madeAt: 0,
    timeZone: 'UTC',
    locale: 'en',
  }
  await writeStatementFile(db, job, { isStopped: () => false, onStep: () => undefined })
}

function hledgerMs(journal: string): number {
  const start = performance.now()
  const run = spawnSync('hledger', ['-f', journal, 'balance', 'assets', '-N'], { env: { ...process.env, LANG: 'C.UTF-8' } })
  if (run.status !== 0) throw new Error(`hledger: ${run.stderr.toString()}`)
  return performance.now() - start
}

const balances: BenchRow = {
  name: 'balances 1M',
  seconds: 30,
  needsWallet: true,
  measure: async ({ folder, movements, full, wallet }) => {
    const { path, key } = await wallet()
    const db = openDatabase({ path, key, migrations: walletMigrations, application: 'wallet' })
    const book = createWalletBook(db)
    const value = await medianMs(book.balances, 2001)
    const goal = '>= 10,000 x faster than hledger, in process'
    if (spawnSync('hledger', ['--version']).status !== 0) {
      db.close()
      return { value, unit: 'ms', reference: null, ratio: null, goal, ok: null, note: 'hledger is not installed (apt-get install hledger)' }
    }
    const size = full ? movements : Math.min(movements, partOfPeer)
    const journal = join(folder, 'peer.journal')
    await writeJournal(db, journal, size)
    db.close()
    const reference = hledgerMs(journal)
    const ratio = reference / value
    return {
      value,
      unit: 'ms',
      reference,
      ratio,
      goal,
      ok: ratio >= 10_000,
      note: `hledger was given ${size.toLocaleString('en')} of the ${movements.toLocaleString('en')} movements`,
    }
  },
}

export const rows: readonly BenchRow[] = [balances]
