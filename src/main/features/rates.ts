import { type ReferenceRates, referenceRates } from '#contracts/wire/shapes.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import bundled from '#resources/ecb-rates.json' with { type: 'json' }
import type { Clock } from '../ports.ts'
import type { Connection } from '../sync/connection.ts'

export type Rates = {
  /** The newest that are known, at hand; asks for newer ones in the background. */
  current(): Promise<ReferenceRates>
}

/** The prefix says that it belongs to this device and outlives an account. */
const settingName = 'device.rates'
const freshForMs = 60 * 60_000

/** The copy that ships with this build: dated, so that the person sees its age. */
const shipped: ReferenceRates = { source: 'ecb', on: bundled.on, origin: 'bundled', perEuro: bundled.perEuro }

/** Reference rates from the service, kept for when it is out of reach. `onNews` where newer ones came. */
export function createRates(parts: {
  readonly store: WalletStore
  readonly connection: Connection
  readonly clock: Clock
  readonly onNews: () => void
}): Rates {
  let askedAt = Number.NEGATIVE_INFINITY

  async function kept(): Promise<ReferenceRates> {
    const text = await parts.store.setting(settingName)
    return text === undefined ? shipped : referenceRates.parse(JSON.parse(text))
  }

  async function ask(known: ReferenceRates): Promise<void> {
    const outcome = await parts.connection.client.call('rates', {})
    if (!outcome.ok || outcome.value.on < known.on) return
    if (JSON.stringify(outcome.value) === JSON.stringify(known)) return
    await parts.store.keepSetting(settingName, JSON.stringify(outcome.value))
    parts.onNews()
  }

  return {
    async current() {
      const known = await kept()
      if (Math.abs(parts.clock.now() - askedAt) >= freshForMs) {
        askedAt = parts.clock.now()
        // Out of reach, or closed meanwhile: what is known stands, and the next question asks again.
        ask(known).catch(() => {
          askedAt = Number.NEGATIVE_INFINITY
        })
      }
      return known
    },
  }
}
