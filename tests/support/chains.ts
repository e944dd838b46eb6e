import type { AccountId } from '#core/ledger/account.ts'
import { chainLink, chainStart } from '#core/ledger/chain.ts'
import type { PostedLeg, Posting } from '#core/ledger/command.ts'
import { digest } from '#storage/digest.ts'

/** The links of hash chains as an honest service would tell them: each follows from the one that was asked for the version before. */
export function chains() {
  const links = new Map<string, string>()
  return (
    leg: Omit<PostedLeg, 'chain' | 'account'> & { readonly account: string },
    posting: Omit<Posting, 'legs' | 'reverses'>,
  ): string => {
    const account = leg.account as AccountId
    const before = links.get(`${account} ${leg.version - 1}`) ?? chainStart(digest, account)
    const link = chainLink(digest, before, { ...leg, account }, posting)
    links.set(`${account} ${leg.version}`, link)
    return link
  }
}
