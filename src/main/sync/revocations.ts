import { z } from 'zod'
import { Fault } from '#core/failure/faults.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Connection } from './connection.ts'

const kept = z.array(z.strictObject({ token: z.string(), serviceId: z.string() }))
type Revocation = z.infer<typeof kept>[number]

/** The prefix says that it belongs to this device and outlives an account. */
const settingName = 'device.revocations'

export type Revocations = {
  /** Remembers a session that could not be ended at the service, inside the encryption. */
  later(session: Revocation): Promise<void>
  /** Ends them at the service that is there now; what cannot be reached stays. */
  tryAll(): Promise<void>
}

/** Sessions that were signed out while the service was out of reach: ended there as soon as it is back. */
export function createRevocations(store: WalletStore, connection: Connection): Revocations {
  async function load(): Promise<readonly Revocation[]> {
    const text = await store.setting(settingName)
    return text === undefined ? [] : kept.parse(JSON.parse(text))
  }
  const save = (all: readonly Revocation[]): Promise<void> => store.keepSetting(settingName, all.length === 0 ? null : JSON.stringify(all))

  /** True where nothing is left to do: it is ended now, or was before. */
  async function isEnded({ token }: Revocation): Promise<boolean> {
    try {
      await connection.client.call('signOut', {}, { token })
      return true
    } catch (error) {
      if (error instanceof Fault) return false
      throw error
    }
  }

  return {
    async later({ token, serviceId }) {
      await save([...(await load()), { token, serviceId }])
    },
    async tryAll() {
      const all = await load()
      if (all.length === 0) return
      const { serviceId } = await connection.describe()
      const left: Revocation[] = []
      for (const one of all) if (one.serviceId !== serviceId || !(await isEnded(one))) left.push(one)
      if (left.length < all.length) await save(left)
    },
  }
}
