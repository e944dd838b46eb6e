import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { type BenchBook, makeBook, openBenchBook, topUpOf } from '../book.ts'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'

const rounds = 1500

/** One command more in a book each time that it is asked, durable as any. */
function commandOn({ path, postings }: BenchBook): () => void {
  const ledger = createLedgerStore(openBenchBook(path))
  let n = postings
  return () => {
    ledger.postNow(topUpOf(n))
    n += 1
  }
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

const row: BenchRow = {
  name: 'a command as the book grows',
  seconds: 12,
  needsWallet: false,
  needsBook: true,
  measure: async ({ folder, movements, book }) => {
    const large = await book()
    const copy = join(folder, 'growth.db')
    copyFileSync(large.path, copy)
    const sizes = [movements / 100, movements / 10]
    const books = [...sizes.map(size => makeBook(join(folder, `growth-${size}.db`), size)), { ...large, path: copy }]
    const commands = books.map(commandOn)
    // By turns, command for command: what else the machine does meets all three alike.
    const turns = Array.from({ length: rounds }, () => commands.map(timed))
    const costs = books.map((_, of) => median(turns.map(turn => turn[of] ?? Number.NaN)))
    const [reference = Number.NaN] = costs
    const value = costs.at(-1) ?? Number.NaN
    const ratio = value / reference
    const note = books
      .map(({ postings }, of) => `${postings.toLocaleString('en')} postings: ${((costs[of] ?? 0) * 1000).toFixed(0)} µs`)
      .join(', ')
    return { value, unit: 'ms', reference, ratio, goal: '<= 1.5 x the same with a hundredth of it', ok: ratio <= 1.5, note }
  },
}

export const rows: readonly BenchRow[] = [row]
