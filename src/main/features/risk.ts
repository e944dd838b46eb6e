import { riskAlert } from '#contracts/wire/shapes.ts'
import { ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'

const mostAlerts = 20

/** What the service thought unusual, and what the person says of it. The answer is a command: out of reach it is kept and sent later. */
export function riskFeature({ account, store }: { readonly account: SignedIn; readonly store: WalletStore }): Feature<'risk'> {
  return {
    async alerts() {
      const { deviceId } = account.session
      const told = (await store.documents('risk', mostAlerts)).map(json => riskAlert.parse(JSON.parse(json)))
      return ok({ alerts: told.map(alert => ({ ...alert, isThisDevice: alert.device.id === deviceId })) })
    },
    async answer({ id, alertId, mine }) {
      return resultOf(await account.command(id, 'risk.answer', { alertId, mine }), answer => answer.alert)
    },
  }
}
