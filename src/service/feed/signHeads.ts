import type { SignedHeads } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { Identity } from '../ports.ts'
import { accountParts, iso } from '../wires.ts'

type Signing = { readonly identity: Identity; readonly holderId: string; readonly position: number; readonly at: Instant }

/** Signs that a holder's accounts stood so after row `position` of their feed. */
export async function signAccounts(
  tx: Tx,
  { identity, holderId, position, at }: Signing,
  accounts: SignedHeads['accounts'],
): Promise<SignedHeads> {
  const { keyId, sign } = await identity.signing(tx)
  const heads = { keyId, holderId, position, at: iso(at), accounts }
  return { ...heads, signature: sign(headsText(heads)) }
}

/** Signs where each of a holder's accounts stands now: read in the transaction in which row `position` is the newest. */
export async function signHeads(tx: Tx, signing: Signing): Promise<SignedHeads> {
  const owned = (await tx.ledger.accountsOf(signing.holderId)).filter(({ id }) => accountParts(id).kind === 'holder')
  const accounts = owned.map(({ id, version, chain }) => ({ account: id, version, chain })).sort((a, b) => (a.account < b.account ? -1 : 1))
  return signAccounts(tx, signing, accounts)
}
