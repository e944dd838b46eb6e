import { z } from 'zod'
import { limit } from '#contracts/wire/shapes.ts'
import { ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'

const kept = z.array(limit)

/** The limits of the account as the feed last told them. */
export const limitsFeature = (parts: { readonly account: SignedIn; readonly store: WalletStore }): Feature<'limits'> => ({
  async overview() {
    const json = await parts.store.document('limits', 'limits')
    return ok({ limits: json === undefined ? [] : kept.parse(JSON.parse(json)) })
  },
  async askRaise({ id, ...wish }) {
    const sent = await parts.account.command(id, 'limit.ask_raise', wish)
    return resultOf(sent, answer => answer.limit)
  },
})
