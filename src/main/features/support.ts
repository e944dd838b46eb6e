import { question } from '#contracts/wire/shapes.ts'
import { parseEmail } from '#core/account/email.ts'
import { Fault } from '#core/failure/faults.ts'
import { ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Connection } from '../sync/connection.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'

type SupportParts = { readonly account: SignedIn; readonly store: WalletStore; readonly connection: Connection }

const mostListed = 200

/** The address that the account's own service tells: another one at the same place could have people write to a thief. */
async function toldAddress({ account, connection }: SupportParts): Promise<string | null> {
  const { serviceId, supportEmail } = await connection.describe()
  if (serviceId !== account.session.serviceId) throw new Fault('service_garbage')
  const email = parseEmail(supportEmail)
  return email.ok ? email.value.address : null
}

/** As told now, else as told last: who cannot reach the service is who needs to write. */
async function contactAddress(parts: SupportParts): Promise<string | null> {
  const { store, account } = parts
  const name = `support_email.${account.session.serviceId}`
  const kept = await store.setting(name)
  try {
    const told = await toldAddress(parts)
    if (told !== (kept ?? null)) await store.keepSetting(name, told)
    return told
  } catch (error) {
    if (kept === undefined || !(error instanceof Fault)) throw error
    return kept
  }
}

/** Questions to a person. One that cannot be sent now is kept and sent later. */
export const supportFeature = (parts: SupportParts): Feature<'support'> => ({
  async ask({ id, about, text }) {
    const sent = await parts.account.command(id, 'question.ask', { about, text })
    return resultOf(sent, answer => answer.question)
  },
  async list() {
    const questions = await parts.store.documents('question', mostListed)
    return ok({ questions: questions.map(json => question.parse(JSON.parse(json))) })
  },
  contact: async () => ok({ email: await contactAddress(parts) }),
})
