import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { systemClock } from '#main/clock.ts'
import { openKeychain } from '#main/vault/keychain.ts'
import { createVault } from '#main/vault/vault.ts'
import { verify } from '#service/program/verify.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { checkIntegrity } from '#storage/sqlite/wallet/maintenance.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import { bookKey } from '../load/books.ts'
import { fileWorld } from './fileWorld.ts'
import { numbers } from './numbers.ts'
import { appPassword } from './walletPayer.ts'

/**
 * What became of a changed byte. `read`: whoever opens the file or asks for its figures is refused. `verify`: re-adding and re-hashing the book finds it.
 * `file`: it is in what no figure is made of, and the check of the whole file finds it. `unseen`: nothing finds it, and every figure is that of the untouched
 * file, for none is made of that byte. `shown`: a figure is another, and nothing finds it.
 */
const ends = ['read', 'verify', 'file', 'unseen', 'shown'] as const
type End = (typeof ends)[number]

/** A file in which bytes are changed, and all that is made of it. Each throws what its reader would meet. */
type Target = {
  readonly name: string
  readonly path: string
  /** The pages of the file in which bytes are changed. */
  readonly pages: readonly number[]
  /** Opens it and reads every figure; `check` looks further in the same opening, and says which check found something. */
  look(): Promise<{ readonly figures: string; readonly found: 'verify' | 'file' | null }>
}

const pageBytes = 4096
const pagesOf = (path: string): readonly number[] => Array.from({ length: statSync(path).size / pageBytes }, (_, n) => n)

const asText = (value: unknown): string => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one))

const serviceBook = (name: string, path: string, key: Uint8Array | null, pages = pagesOf(path)): Target => ({
  name,
  path,
  pages,
  async look() {
    const book = openBookReader({ path, key })
    try {
      const states = (await book.states(0, 1e6)).map(({ state: { id, posted, held, version, chain } }) => [
        id,
        posted,
        held,
        version,
        chain,
      ])
      const { wrong } = await verify(book)
      if (wrong !== null) return { figures: asText(states), found: 'verify' }
      const postings = await book.postings(0, Number.MAX_SAFE_INTEGER, 1e6)
      return { figures: asText([states, postings]), found: isWhole(() => book.checkFile()) ? null : 'file' }
    } finally {
      book.close()
    }
  },
})

const walletBook = (name: string, path: string, key: Uint8Array): Target => ({
  name,
  path,
  pages: pagesOf(path),
  async look() {
    const db = openDatabase({ path, key, migrations: walletMigrations, application: 'wallet', mustExist: true, access: 'read' })
    try {
      const book = createWalletBook(db)
      const { rows } = book.movements({}, null, 1e6)
      const figures = asText([
        book.balances(),
        book.heads(),
        book.cursor(),
        rows,
        rows.map(({ id }) => book.postingsOf(id)),
        book.documents('payment', 1e6),
        book.openIntents(),
      ])
      return { figures, found: isWhole(() => checkIntegrity(db)) ? null : 'file' }
    } finally {
      db.close()
    }
  },
})

function isWhole(check: () => void): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

const load = createRequire(import.meta.url)

/** Folds the write-ahead log into the file, so that every byte of it counts; without encryption where `isPlain`. @returns the pages of the ledger. */
function settle(path: string, key: Uint8Array, isPlain: boolean): readonly number[] {
  const Sqlite: typeof BetterSqlite3 = load('better-sqlite3')
  const sqlite = new Sqlite(path)
  sqlite.pragma(`cipher = 'aegis'`)
  sqlite.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`))
  sqlite.pragma('journal_mode = DELETE')
  if (isPlain) sqlite.rekey(Buffer.alloc(0))
  sqlite.pragma('journal_mode = WAL')
  const ofLedger = `SELECT s.pageno - 1 FROM dbstat s JOIN sqlite_schema m ON m.name = s.name WHERE m.tbl_name LIKE 'ledger%'`
  const pages = sqlite.prepare<[], number>(ofLedger).pluck().all()
  sqlite.close()
  return pages
}

/** A service's book and a wallet's, as they are left after both were used and killed; and the book once more in plain text. */
async function makeTargets(folder: string, random: () => number): Promise<readonly Target[]> {
  const wrong: string[] = []
  mkdirSync(join(folder, 'wallet'))
  const kills = { service: 1, instance: 0, postgres: 0, wallet: 1 }
  const world = await fileWorld({ kills, folder, random, say: violation => wrong.push(violation) })
  try {
    for (const kind of ['service', 'wallet'] as const) await world.kill(kind)
    await world.end()
  } finally {
    await world.close()
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '))
  const [book, plain, wallet] = [join(folder, 'book.db'), join(folder, 'plain.db'), join(folder, 'wallet')]
  const vault = createVault({
    path: join(wallet, 'vault.json'),
    copyPath: join(wallet, 'backup', 'vault.json'),
    keychain: await openKeychain({ OKPAY_KEYCHAIN: 'off' }),
    clock: systemClock,
  })
  const opened = await vault.open(appPassword)
  if (!opened.ok) throw new Error('the vault does not open')
  settle(book, bookKey, false)
  copyFileSync(book, plain)
  const ledger = settle(plain, bookKey, true)
  const { databaseKey } = opened.value
  settle(join(wallet, 'wallet.db'), databaseKey, false)
  return [
    serviceBook('encrypted service book', book, bookKey),
    walletBook('encrypted wallet', join(wallet, 'wallet.db'), databaseKey),
    serviceBook('plain service book (pages of the ledger)', plain, null, ledger),
  ]
}

/** Runs `work` while one byte of a file is another. */
async function withFlip<T>(path: string, offset: number, mask: number, work: () => Promise<T>): Promise<T> {
  const file = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  readSync(file, byte, 0, 1, offset)
  const write = (value: number) => writeSync(file, Uint8Array.of(value), 0, 1, offset)
  const [whole = 0] = byte
  try {
    write(whole ^ mask)
    return await work()
  } finally {
    write(whole)
    closeSync(file)
  }
}

async function flip({ path, look }: Target, offset: number, mask: number, sound: string): Promise<End> {
  return withFlip(path, offset, mask, async () => {
    try {
      const { figures, found } = await look()
      if (found === 'verify') return 'verify'
      if (figures !== sound) return 'shown'
      return found ?? 'unseen'
    } catch {
      return 'read'
    }
  })
}

type Wish = { readonly count: number; readonly seed: number; readonly onFlip?: (done: number) => void }

type Flips = { readonly name: string; readonly ends: Readonly<Record<End, number>>; readonly shown: readonly string[] }

/** Changes so many single bytes at random places of each file, one at a time, and looks what its readers make of it. */
export async function runFlips({ count, seed, onFlip = () => undefined }: Wish): Promise<readonly Flips[]> {
  const random = numbers(seed)
  const any = (below: number): number => Math.floor(random() * below)
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.crash-'))
  const told: Flips[] = []
  try {
    for (const target of await makeTargets(folder, random)) {
      const { figures: sound, found } = await target.look()
      if (found !== null) throw new Error(`${target.name} is not sound before any byte is changed`)
      const counts = { read: 0, verify: 0, file: 0, unseen: 0, shown: 0 }
      const shown: string[] = []
      for (let n = 0; n < count; n += 1) {
        const [offset, mask] = [(target.pages[any(target.pages.length)] ?? 0) * pageBytes + any(pageBytes), 1 + any(255)]
        const end = await flip(target, offset, mask, sound)
        counts[end] += 1
        if (end === 'shown') shown.push(`${target.name}: byte ${offset} by ${mask}`)
        onFlip(n + 1)
      }
      told.push({ name: target.name, ends: counts, shown })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return told
}

/** In one line a file. */
export const sayFlips = ({ name, ends: counts }: Flips): string =>
  `${name}: ${ends.flatMap(end => (counts[end] === 0 && end !== 'shown' ? [] : [`${counts[end]} ${end}`])).join(', ')}`
