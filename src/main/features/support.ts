import { question } from '#contracts/wire/shapes.ts'
import { ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'

const mostListed = 200

/** Questions to a person. One that cannot be sent now is kept and sent later. */
export const supportFeature = (parts: { readonly account: SignedIn; readonly store: WalletStore }): Feature<'support'> => ({
  async ask({ id, about, text }) {
    const sent = await parts.account.command(id, 'question.ask', { about, text })
    return resultOf(sent, answer => answer.question)
  },
  async list() {
    const questions = await parts.store.documents('question', mostListed)
    return ok({ questions: questions.map(json => question.parse(JSON.parse(json))) })
  },
})
