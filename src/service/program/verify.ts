import { Fault } from '#core/failure/faults.ts'
import { audit } from '#core/ledger/invariants.ts'
import type { BookReader } from '#storage/bookReader.ts'
import { digest } from '#storage/digest.ts'
import { checkRoots } from '../root/checkRoots.ts'
import { type Place, paged, pageRows, withBook } from './book.ts'
import { type ExitCode, exitCodes } from './exit.ts'

/** `wrong` names the first bad row in words; null for a sound book. */
export type Verified = { readonly postings: number; readonly accounts: number; readonly wrong: string | null }

/** Re-adds and re-hashes the whole book, page by page: constant memory but for where each account ends. */
export async function verify(book: BookReader): Promise<Verified> {
  const auditor = audit(digest)
  let postings = 0
  let accounts = 0
  const end = (wrong: string | null): Verified => ({ postings, accounts, wrong })
  try {
    for await (const { posting } of paged(after => book.postings(after, Number.MAX_SAFE_INTEGER, pageRows))) {
      for (const wrong of auditor.posting(posting)) return end(wrong)
      postings += 1
    }
    for await (const { state } of paged(after => book.openHolds(after, pageRows))) auditor.hold(state)
    for await (const { state } of paged(after => book.states(after, pageRows))) {
      for (const wrong of auditor.account(state)) return end(wrong)
      accounts += 1
    }
    return end(null)
  } catch (error) {
    return end(damageIn(error))
  }
}

/** What is damaged, in words; throws on what is no damage. */
function damageIn(error: unknown): string {
  if (!(error instanceof Fault && error.code === 'database_damaged')) throw error
  return error.cause instanceof Error ? error.cause.message : String(error.cause)
}

type VerifiedWhole = Verified & { readonly roots: number }

/** As `verify`, and the daily roots; a book in a file is read to its last page: what no figure is made of may be damaged too. */
async function verifyWhole(book: BookReader): Promise<VerifiedWhole> {
  const told = await verify(book)
  if (told.wrong !== null) return { ...told, roots: 0 }
  try {
    const checked = await checkRoots(book)
    if (checked.wrong === null) book.checkFile?.()
    return { ...told, ...checked }
  } catch (error) {
    return { ...told, roots: 0, wrong: damageIn(error) }
  }
}

/** `okpay-service verify`: also while the service runs. Exit 0 where the book adds up, 2 where it does not. */
export async function verifyBook(place: Place, json: boolean): Promise<ExitCode> {
  const told = await withBook(place, verifyWhole)
  if (json) place.print(JSON.stringify(told))
  else place.print(place.say(told.wrong === null ? 'verified' : 'notVerified', { ...told, wrong: told.wrong ?? '' }))
  return told.wrong === null ? exitCodes.done : exitCodes.declined
}
