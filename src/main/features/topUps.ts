import { type TopUp, topUp } from '#contracts/wire/shapes.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'

const mostListed = 200

const readTopUp = (json: string): TopUp => topUp.parse(JSON.parse(json))

/** Money in by bank transfer. The states come by the feed; what is asked of the service here is only what the book cannot know. */
export const topUpsFeature = (parts: {
  readonly account: SignedIn
  readonly store: WalletStore
  readonly ids: () => string
}): Feature<'topUps'> => ({
  offer: () => parts.account.call('topUpOffer', {}),

  async create({ id, amount }) {
    const sent = await parts.account.command(id, 'top_up.create', { amount })
    return resultOf(sent, answer => answer.topUp)
  },

  async get({ id }) {
    const json = await parts.store.document('top_up', id)
    return json === undefined ? no('not_found') : ok(readTopUp(json))
  },

  async list() {
    return ok({ topUps: (await parts.store.documents('top_up', mostListed)).map(readTopUp) })
  },

  async cancel({ id }) {
    if ((await parts.store.document('top_up', id)) === undefined) return no('not_found')
    const sent = await parts.account.command(parts.ids(), 'top_up.cancel', { topUpId: id })
    return resultOf(sent, answer => answer.topUp)
  },

  simulateTransfer: ({ id }) => parts.account.call('simulateTransfer', { id }),
})
