import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, type TestContext } from 'vitest'
import type { Outcome } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import type { Book } from '#core/ledger/invariants.ts'
import { createMemoryLedger } from '#core/ledger/memory.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { digest } from '#storage/digest.ts'
import { openDatabase as openPostgresDatabase } from '#storage/postgres/database.ts'
import { postgresLedger } from '#storage/postgres/ledger.ts'
import { ledgerJournal as postgresJournal } from '#storage/postgres/ledgerJournal.ts'
import { ledgerRows as postgresRows } from '#storage/postgres/ledgerRows.ts'
import { ledgerMigrations as postgresMigrations } from '#storage/postgres/migrations/ledger/index.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerJournal } from '#storage/sqlite/ledgerJournal.ts'
import { ledgerRows } from '#storage/sqlite/ledgerRows.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'
import { postgresOfThisFile } from '../support/postgres.ts'

export type Kept = { readonly store: LedgerStore; book(): Promise<Book>; close(): void }

const folder = mkdtempSync(join(tmpdir(), 'okpay-ledger-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

export function openSqliteLedger() {
  files += 1
  const db = openDatabase({
    path: join(folder, `${files}.db`),
    key: new Uint8Array(32).fill(files),
    migrations: ledgerMigrations,
    application: 'wallet',
  })
  return { db, ledger: createLedgerStore(db), close: db.close }
}

function openSqlite(): Kept {
  const { db, ledger: store, close } = openSqliteLedger()
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)
  const book = async (): Promise<Book> => ({
    accounts: rows.accountsAfter(0, 1000).map(({ state }) => state),
    postings: journal.postingsBetween(0, 1e9, 1000).map(({ posting }) => posting),
    holds: db
      .prepare<{ id: string }>('SELECT id FROM ledger_hold ORDER BY n')
      .all()
      .flatMap(({ id }) => rows.hold(id)?.state ?? []),
  })
  return { store, book, close }
}

function openMemory(): Kept {
  const store = createMemoryLedger(digest)
  return { store, book: async () => store.book(), close: () => undefined }
}

const postgres = postgresOfThisFile()
let postgresDatabase: ReturnType<typeof openPostgresDatabase> | undefined
afterAll(async () => (await postgresDatabase)?.close())

/** A book in one transaction that is undone when it is closed: the next one finds an empty database. */
async function openPostgres(context: TestContext): Promise<Kept> {
  const server = await postgres(context)
  postgresDatabase ??= server.emptyDatabase().then(url => openPostgresDatabase({ url, migrations: postgresMigrations }))
  const db = await postgresDatabase
  return new Promise((resolve, reject) => {
    db.write(async tx => {
      const all = async <T>(table: string, load: (id: string) => Promise<T | undefined>): Promise<T[]> => {
        const rows = await tx.all<{ id: string }>(`SELECT id FROM ${table} ORDER BY n`)
        return (await Promise.all(rows.map(({ id }) => load(id)))).filter(row => row !== undefined)
      }
      const book = async (): Promise<Book> => ({
        accounts: await all('ledger_account', postgresRows(tx).account),
        postings: await all('ledger_journal', postgresJournal(tx).posting),
        holds: await all('ledger_hold', postgresRows(tx).hold),
      })
      await new Promise<void>(done => resolve({ store: postgresLedger(tx), book, close: done }))
      throw new Error('undone')
    }).catch(reject)
  })
}

/** Every store that keeps the port's promise. */
export const stores: Readonly<Record<string, (context: TestContext) => Promise<Kept>>> = {
  memory: async () => openMemory(),
  sqlite: async () => openSqlite(),
  postgres: openPostgres,
}

export const alice: AccountId = 'holder:alice:EUR'
export const shop: AccountId = 'merchant:shop:EUR'
export const fees: AccountId = 'fee:okpay:EUR'
export const bank: AccountId = 'rail:bank:EUR'
export const aliceWei: AccountId = 'holder:alice:ETH'
export const chain: AccountId = 'rail:chain:ETH'
export const aliceFils: AccountId = 'holder:alice:KWD'
export const gulf: AccountId = 'rail:bank:KWD'

export const open = (account: AccountId): LedgerCommand => ({ id: `open ${account}`, at: 1, type: 'open', account })
export const post = (id: string, ...legs: [AccountId, bigint][]): LedgerCommand => ({
  id,
  at: 10,
  type: 'post',
  kind: 'top_up',
  subject: `of ${id}`,
  effectiveAt: 9,
  legs: legs.map(([account, minor]) => ({ account, minor })),
})
export const hold = (id: string, account: AccountId, minor: bigint): LedgerCommand => ({
  id,
  at: 20,
  type: 'hold',
  account,
  minor,
  subject: 'order',
  expiresAt: 100,
})
export const capture = (id: string, of: string, ...legs: [AccountId, bigint][]): LedgerCommand => ({
  id,
  at: 30,
  type: 'capture',
  hold: of,
  kind: 'payment',
  subject: 'order',
  legs: legs.map(([account, minor]) => ({ account, minor })),
  final: true,
})
export const release = (id: string, of: string): LedgerCommand => ({ id, at: 40, type: 'release', hold: of })

export const codeOf = (answer: Outcome<LedgerAnswer>) => (answer.ok ? 'done' : answer.decline.code)
