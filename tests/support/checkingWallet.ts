import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WalletStore } from '#core/wallet/store.ts'
import { createMirror } from '#main/sync/mirror.ts'
import { createProvider, type Provider } from '#main/sync/provider.ts'
import { createServiceKeys } from '#main/sync/serviceKeys.ts'
import type { SigningKeys } from '#service/ports.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { testClock } from './clock.ts'
import { newId, type TestHolder, type TestService } from './service.ts'

/** A wallet's file and what checks the provider in it, told by the test and not by a line. */
export type CheckingWallet = {
  readonly store: WalletStore
  readonly provider: () => Provider
  /** How often it stopped. */
  readonly stops: () => number
  /** As after a new start on the same file. */
  begins(): void
  close(): Promise<void>
}

export async function checkingWallet(service: TestService, holder: TestHolder, signing: SigningKeys): Promise<CheckingWallet> {
  const folder = await mkdtemp(join(tmpdir(), 'okpay-provider-'))
  const store = await openWalletStore({ path: join(folder, 'wallet.db'), key: randomBytes(32) })
  const { serviceId } = service.ports.identity
  let stops = 0
  const begin = (): Provider => {
    const clock = testClock()
    return createProvider({
      ...{ store, clock, serviceId, ids: newId, holderId: holder.holderId },
      mirror: createMirror(store, clock),
      keys: createServiceKeys({ store, serviceId, ask: async () => signing.keys }),
      serviceUrl: () => service.url,
      onVerified: () => undefined,
      onStopped: () => {
        stops += 1
      },
    })
  }
  let provider = begin()
  return {
    store,
    provider: () => provider,
    stops: () => stops,
    begins() {
      provider = begin()
    },
    async close() {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
