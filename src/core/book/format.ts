import type { AccountId } from '../ledger/account.ts'
import type { Instant, Posting } from '../ledger/command.ts'

/** What is written: the whole book, or the days from `from` on (a balance of each account opens it) and before `until`. */
export type BookFrame = { readonly from: Instant | null; readonly until: Instant | null; readonly madeAt: Instant }

/** An account with its balance, in smallest units as the ledger counts them. */
export type AccountBalance = { readonly account: AccountId; readonly posted: bigint }

/**
 * Each call gives text to append, in this order: `begin`, every account, every opening balance, every posting as it was recorded, every closing balance.
 * Nothing is kept between calls but a day, so that a book of any length needs no memory.
 */
export type BookWriter = {
  begin(): string
  account(id: AccountId): string
  opening(balance: AccountBalance): string
  posting(posting: Posting): string
  closing(balance: AccountBalance): string
}

/** A format of plain-text accounting for the whole book: pure, one file and one line in `index.ts`. */
export type BookFormat = { writer(frame: BookFrame): BookWriter }
