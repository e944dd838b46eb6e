import type { FeedPage, SignedHeads, SnapshotPage } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import { accountId, parseAccountId } from '#core/ledger/accountId.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { HeadRow } from '#core/wallet/store.ts'
import { isSigned } from './serviceKeys.ts'

/** A page of the feed, or of what is left of it where it is compacted. */
export type ToldPage = FeedPage | SnapshotPage

/** The number with which a page that was asked for after `after` ends. */
export const endOf = (after: number, page: ToldPage): number => ('upTo' in page ? (page.rows.at(-1)?.n ?? after) : after + page.rows.length)

/** Every leg that is told as the holder's own stands in an account of just that holder and currency. Throws `ProviderMismatch`. */
export function checkOwnLegs({ rows }: ToldPage, holderId: string): void {
  for (const { event } of rows) {
    if (event.type !== 'posting') continue
    for (const { own, account, amount } of event.posting.legs)
      if (own !== (account === accountId({ kind: 'holder', owner: holderId, currency: amount.currency })))
        throw new ProviderMismatch('account_wrong', { posting: event.posting.id, account, currency: amount.currency })
  }
}

/**
 * The heads of a page that reaches the newest row, or the last one that is compacted, checked as far as they can be without the book: holder, position, signature, the form of the accounts.
 * Undefined where the page ends before. Throws `ProviderMismatch`.
 */
export async function checkHeads(
  after: number,
  page: ToldPage,
  holderId: string,
  keyOf: (keyId: string) => Promise<string>,
): Promise<{ readonly heads: SignedHeads; readonly accounts: readonly HeadRow[] } | undefined> {
  if (page.last < after) throw new ProviderMismatch('rows_lost', { here: String(after), there: String(page.last) })
  const end = endOf(after, page)
  const due = 'upTo' in page ? page.upTo : page.last
  const { heads } = page
  if (heads === null) {
    if (end === due) throw new ProviderMismatch('heads_missing', { position: String(end) })
    return undefined
  }
  if (heads.holderId !== holderId) throw new ProviderMismatch('heads_of_other', { here: holderId, there: heads.holderId })
  if (heads.position !== end || due !== end) throw new ProviderMismatch('heads_old', { here: String(end), there: String(heads.position) })
  if (!isSigned(await keyOf(heads.keyId), headsText(heads), heads.signature))
    throw new ProviderMismatch('signature_wrong', { keyId: heads.keyId, position: String(end) })
  return { heads, accounts: heads.accounts.map((head): HeadRow => ({ ...head, currency: currencyOf(head.account, holderId) })) }
}

function currencyOf(account: string, holderId: string): HeadRow['currency'] {
  const name = parseAccountId(account)
  if (name?.kind !== 'holder' || name.owner !== holderId) throw new ProviderMismatch('account_wrong', { account })
  return name.currency
}
