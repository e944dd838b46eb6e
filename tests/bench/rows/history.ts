import { join } from 'node:path'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import type { BenchRow } from '../row.ts'
import { median, medianMs } from '../timing.ts'
import type { BenchWallet } from '../wallet.ts'

const open = ({ path, key }: BenchWallet): Database => openDatabase({ path, key, migrations: walletMigrations, application: 'wallet' })

const openToFirstPage: BenchRow = {
  name: 'open to first page 1M',
  seconds: 3,
  needsWallet: true,
  measure: async ({ folder, wallet }) => {
    const large = await wallet()
    const empty = { path: join(folder, 'empty.db'), key: large.key }
    open(empty).close()
    const timed = (of: BenchWallet, look: (db: Database) => void): number => {
      const start = performance.now()
      const db = open(of)
      look(db)
      const took = performance.now() - start
      db.close()
      return took
    }
    const firstPage = (db: Database): void => {
      if (createWalletBook(db).movements({}, null, 50).rows.length !== 50) throw new Error('the first page is short')
    }
    const pairs = Array.from({ length: 21 }, () => [timed(large, firstPage), timed(empty, () => undefined)] as const)
    const value = median(pairs.map(([ours]) => ours))
    const reference = median(pairs.map(([, bare]) => bare))
    return {
      value,
      unit: 'ms',
      reference,
      ratio: value / reference,
      goal: '<= opening an empty encrypted database + 15 ms',
      ok: value - reference <= 15,
    }
  },
}

/** Four that match tens of thousands, where LIKE may stop early, and the name of one shop, where it cannot. */
const queries = ['咖啡', '星巴克咖啡', 'coffee', 'subscr', `星巴克咖啡${String.fromCodePoint(0x4e00 + 1000)}店`]

/** What LIKE does for the same question: a page of 50, newest first, and a count up to 10,000. */
function likeSearch(db: Database, query: string): void {
  const where = `WHERE title || ' ' || reference || ' ' || words LIKE ?`
  db.prepare(`SELECT * FROM movement ${where} ORDER BY n DESC LIMIT 50`).all(`%${query}%`)
  db.prepare(`SELECT count(*) FROM (SELECT 1 FROM movement ${where} LIMIT 10001)`).get(`%${query}%`)
}

function missed(db: Database, query: string): number {
  const like = db.prepare<{ n: number }>('SELECT count(*) AS n FROM movement WHERE title LIKE ?').get(`%${query}%`)?.n ?? 0
  const found =
    db.prepare<{ n: number }>('SELECT count(*) AS n FROM movement_text WHERE movement_text MATCH ?').get(`"${[...query].join(' ')}"`)?.n ??
    0
  return like - found
}

const search: BenchRow = {
  name: 'search 1M',
  seconds: 15,
  needsWallet: true,
  measure: async ({ wallet }) => {
    const db = open(await wallet())
    const book = createWalletBook(db)
    const ours: number[] = []
    const likes: number[] = []
    for (const query of queries) {
      ours.push(await medianMs(() => book.movements({ query }, null, 50), 15))
      likes.push(await medianMs(() => likeSearch(db, query), 5))
    }
    const lost = ['咖啡', '星巴克咖啡', '店'].map(query => missed(db, query)).reduce((sum, n) => sum + n, 0)
    db.close()
    const value = Math.max(...ours)
    const reference = likes[ours.indexOf(value)] ?? Number.NaN
    const total = (times: readonly number[]) => times.reduce((sum, ms) => sum + ms, 0)
    const ratio = total(ours) / total(likes)
    return {
      value,
      unit: 'ms',
      reference,
      ratio,
      goal: '<= 0.1 x LIKE over all queries, <= 25 ms each, no Chinese match lost',
      ok: ratio <= 0.1 && value <= 25 && lost === 0,
      note: `slowest of ${queries.map((query, i) => `${query} ${ours[i]?.toFixed(1)} (LIKE ${likes[i]?.toFixed(0)})`).join(', ')}; lost ${lost}`,
    }
  },
}

export const rows: readonly BenchRow[] = [openToFirstPage, search]
