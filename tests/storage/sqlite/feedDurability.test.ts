import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import { feedMaker, walletKey } from './walletSupport.ts'

const normal = 1
const full = 2
let folder: string
let db: Database
let book: ReturnType<typeof createWalletBook>
/** How far each transaction was waited for. */
let levels: number[]
const level = (): number | undefined => db.prepare<{ synchronous: number }>('PRAGMA synchronous').get()?.synchronous

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-durable-'))
  db = openDatabase({ path: join(folder, 'wallet.db'), key: walletKey, migrations: walletMigrations, application: 'wallet' })
  levels = []
  const transaction: Database['transaction'] = work => {
    levels.push(level() ?? -1)
    return db.transaction(work)
  }
  book = createWalletBook({ ...db, transaction })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

test('only a page that does not reach the newest row is not waited for until it is on disk', () => {
  const feed = feedMaker()
  expect(book.applyFeed({ after: 0, until: 1, changes: feed.move('EUR', 5_000n, 10) })).toBe(true)
  expect(level()).toBe(full)
  const heads = book.heads().map(({ currency, version, chain }) => ({ account: `holder:h1:${currency}`, currency, version, chain }))
  expect(book.applyFeed({ after: 1, until: 2, changes: [], heads: { accounts: heads, proof: '{}' } })).toBe(true)
  const document = { type: 'document', kind: 'payment', id: 'p', json: '{}', at: 1 } as const
  expect(book.applyFeed({ after: 2, until: 2, changes: [document] })).toBe(true)
  book.saveIntent({ id: 'i', type: 'payment.confirm', json: '{}', madeAt: 1 })
  expect(levels).toEqual([normal, full, full, full])
})

test('a page that is refused, or is of another place, leaves the next write waited for', () => {
  const wrong = { type: 'balance', balance: { currency: 'EUR', postedMinor: 1n, heldMinor: 0n, version: 1 } } as const
  expect(() => book.applyFeed({ after: 0, until: 1, changes: [wrong] })).toThrow('balance_wrong')
  expect(level()).toBe(full)
  expect(book.applyFeed({ after: 7, until: 8, changes: [] })).toBe(false)
  expect(level()).toBe(full)
  expect(levels).toEqual([normal, normal])
})
