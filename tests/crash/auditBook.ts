import type { AccountId } from '#core/ledger/account.ts'
import { verify } from '#service/program/verify.ts'
import { openBookReader } from '#storage/sqlite/service/bookReader.ts'
import { bookKey } from '../load/books.ts'

type Expected = { readonly payments: number; readonly minor: bigint; readonly shops: readonly string[] }

/** What does not stand in the book as it was acknowledged, in words: sums, chains, holds that are left, and what the shops and their fees have in all. */
export async function auditBook({ path }: { readonly path: string }, { payments, minor, shops }: Expected): Promise<readonly string[]> {
  const book = openBookReader({ path, key: bookKey })
  try {
    const { wrong } = await verify(book)
    const accounts = await book.states(0, 1_000_000)
    const isTheirs = (id: AccountId) => id.startsWith('fee:') || shops.some(shop => id === `merchant:${shop}:EUR`)
    const paid = accounts.reduce((sum, { state }) => (isTheirs(state.id) ? sum + state.posted : sum), 0n)
    const open = await book.openHolds(0, 1_000_000)
    const expected = BigInt(payments) * minor
    return [
      ...(wrong === null ? [] : [wrong]),
      ...(paid === expected ? [] : [`the shops have ${paid} and were paid ${expected}`]),
      ...open.map(({ state }) => `a hold is left: ${state.id}`),
    ]
  } finally {
    await book.close()
  }
}
