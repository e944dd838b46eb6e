import { type SecurityEvent, securityEvent } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { resultOf, type SignedIn } from '../sync/signedIn.ts'
import type { Unsent } from '../sync/unsent.ts'

type DevicesParts = { readonly store: WalletStore; readonly unsent: Unsent; readonly current: () => SignedIn | undefined }

const mostEvents = 50

/**
 * Whether a device has not seen by itself what is told, and it is newer than its own sign-in: ids of version 7 are in the order in which the service made them,
 * and who catches up is not told of what was long before.
 */
export const isNewsTo = (deviceId: string, { id, device, byDevice }: SecurityEvent): boolean =>
  id > deviceId && device.id !== deviceId && byDevice !== deviceId

/** Where the account is signed in. Naming and signing out are commands: out of reach they are kept and sent later. */
export function devicesFeature({ store, unsent, current }: DevicesParts): Feature<'devices'> {
  const signedIn = (): SignedIn => {
    const account = current()
    if (!account) throw new Fault('unexpected')
    return account
  }
  return {
    list: () => signedIn().call('devices', {}),
    async events() {
      const { deviceId } = signedIn().session
      const told = (await store.documents('security', mostEvents)).map(json => securityEvent.parse(JSON.parse(json)))
      return ok({ events: told.map(event => ({ ...event, isThis: event.device.id === deviceId })) })
    },
    async rename({ id, deviceId, name }) {
      return resultOf(await signedIn().command(id, 'device.rename', { deviceId, name }), answer => answer.device)
    },
    async revoke({ id, deviceId }) {
      if (deviceId === signedIn().session.deviceId) return no('not_allowed')
      return resultOf(await signedIn().command(id, 'device.revoke', { deviceId }), answer => answer.device)
    },
    unsent: async () => ok({ wishes: [...(await unsent.list())] }),
    async forgetUnsent() {
      await unsent.forget()
      return ok({ forgotten: true })
    },
  }
}
