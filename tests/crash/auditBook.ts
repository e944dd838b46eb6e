import pg from 'pg'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { HoldState, Posting } from '#core/ledger/command.ts'
import { violations } from '#core/ledger/invariants.ts'
import { verify } from '#service/program/verify.ts'
import { digest } from '#storage/digest.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { type BookPlace, bookKey } from '../load/books.ts'

type Found = { readonly wrong: readonly string[]; readonly accounts: readonly AccountState[]; readonly openHolds: readonly string[] }

async function readFile(path: string): Promise<Found> {
  const book = openBookReader({ path, key: bookKey })
  try {
    const { wrong } = await verify(book)
    const accounts = (await book.states(0, 1_000_000)).map(({ state }) => state)
    const openHolds = (await book.openHolds(0, 1_000_000)).map(({ state }) => state.id)
    return { wrong: wrong === null ? [] : [wrong], accounts, openHolds }
  } finally {
    await book.close()
  }
}

type LegRow = Omit<Posting, 'legs'> & { account: AccountId; minor: string; after: string; version: number; chain: string }

/** Legs in the order of recording as whole postings. */
function postingsOf(rows: readonly LegRow[]): readonly Posting[] {
  const postings = new Map<string, Posting & { legs: object[] }>()
  for (const { account, minor, after, version, chain, ...entry } of rows) {
    const posting = postings.get(entry.id) ?? { ...entry, legs: [] }
    posting.legs.push({ account, minor: BigInt(minor), after: BigInt(after), version: Number(version), chain })
    postings.set(entry.id, posting)
  }
  return [...postings.values()]
}

async function readPostgres(url: string): Promise<Found> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const rows = async <Row>(sql: string): Promise<Row[]> => (await client.query(sql)).rows
    const accounts = (
      await rows<Record<'posted' | 'held' | 'version', string> & AccountState>(
        'SELECT id, status, posted, held, version, chain FROM ledger_account ORDER BY n',
      )
    ).map(row => ({ ...row, posted: BigInt(row.posted), held: BigInt(row.held), version: Number(row.version) }))
    const holds = (
      await rows<Record<'minor' | 'captured', string> & HoldState>('SELECT id, account, minor, captured, state FROM ledger_hold ORDER BY n')
    ).map(row => ({ ...row, minor: BigInt(row.minor), captured: BigInt(row.captured) }))
    const legs = await rows<LegRow>(
      `SELECT j.id, j.kind, j.subject, j.effective_at::float8 AS "effectiveAt", j.recorded_at::float8 AS "recordedAt", j.reverses,
         l.account, l.minor, l.after, l.version, l.chain
       FROM ledger_journal j JOIN ledger_leg l ON l.posting = j.id ORDER BY j.n, l.position`,
    )
    const wrong = violations({ accounts, holds, postings: postingsOf(legs) }, digest)
    return { wrong, accounts, openHolds: holds.filter(({ state }) => state === 'open').map(({ id }) => id) }
  } finally {
    await client.end()
  }
}

type Expected = {
  /** What the shops and their fees have been paid in all. */
  readonly paidMinor: bigint
  readonly shops: readonly string[]
  /** What a wallet believes that it has. */
  readonly wallet?: { readonly holderId: string; readonly postedMinor: bigint }
}

/** What does not stand in the book as it was acknowledged, in words: sums, chains, holds that are left, what the shops and their fees have, and a wallet. */
export async function auditBook(place: BookPlace, { paidMinor, shops, wallet }: Expected): Promise<readonly string[]> {
  const { wrong, accounts, openHolds } = await ('url' in place ? readPostgres(place.url) : readFile(place.path))
  const isTheirs = (id: AccountId) => id.startsWith('fee:') || shops.some(shop => id === `merchant:${shop}:EUR`)
  const paid = accounts.reduce((sum, { id, posted }) => (isTheirs(id) ? sum + posted : sum), 0n)
  const own = wallet && accounts.find(({ id }) => id === `holder:${wallet.holderId}:EUR`)
  return [
    ...wrong,
    ...(paid === paidMinor ? [] : [`the shops have ${paid} and were paid ${paidMinor}`]),
    ...openHolds.map(id => `a hold is left: ${id}`),
    ...(own?.posted === wallet?.postedMinor ? [] : [`the wallet shows ${wallet?.postedMinor} and the book has ${own?.posted}`]),
  ]
}
