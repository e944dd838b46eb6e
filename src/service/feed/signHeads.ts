import type { SignedHeads } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { Identity } from '../ports.ts'
import { accountParts, iso } from '../wires.ts'

/** Signs where each of a holder's accounts stands after row `position` of their feed: read in the transaction in which that row is the newest. */
export async function signHeads(tx: Tx, identity: Identity, holderId: string, position: number, at: Instant): Promise<SignedHeads> {
  const owned = (await tx.ledger.accountsOf(holderId)).filter(({ id }) => accountParts(id).kind === 'holder')
  const accounts = owned.map(({ id, version, chain }) => ({ account: id, version, chain })).sort((a, b) => (a.account < b.account ? -1 : 1))
  const { keyId, sign } = await identity.signing(tx)
  const heads = { keyId, holderId, position, at: iso(at), accounts }
  return { ...heads, signature: sign(headsText(heads)) }
}
