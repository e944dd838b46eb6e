import type { AccountId } from '#core/ledger/account.ts'
import { verify } from '#service/program/verify.ts'
import type { BookReader } from '#storage/bookReader.ts'
import { readBook } from '#storage/postgres/service/bookReader.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { type BookPlace, bookKey } from '../load/books.ts'

const all = 1_000_000

async function inBook<T>(place: BookPlace, work: (book: BookReader) => Promise<T>): Promise<T> {
  if ('url' in place) return readBook(place.url, work)
  const book = openBookReader({ path: place.path, key: bookKey })
  try {
    return await work(book)
  } finally {
    book.close()
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
export function auditBook(place: BookPlace, { paidMinor, shops, wallet }: Expected): Promise<readonly string[]> {
  return inBook(place, async book => {
    const { wrong } = await verify(book)
    const accounts = (await book.states(0, all)).map(({ state }) => state)
    const holds = await book.openHolds(0, all)
    const isTheirs = (id: AccountId) => id.startsWith('fee:') || shops.some(shop => id === `merchant:${shop}:EUR`)
    const paid = accounts.reduce((sum, { id, posted }) => (isTheirs(id) ? sum + posted : sum), 0n)
    const own = wallet && accounts.find(({ id }) => id === `holder:${wallet.holderId}:EUR`)
    return [
      ...(wrong === null ? [] : [wrong]),
      ...(paid === paidMinor ? [] : [`the shops have ${paid} and were paid ${paidMinor}`]),
      ...holds.map(({ state }) => `a hold is left: ${state.id}`),
      ...(own?.posted === wallet?.postedMinor ? [] : [`the wallet shows ${wallet?.postedMinor} and the book has ${own?.posted}`]),
    ]
  })
}
