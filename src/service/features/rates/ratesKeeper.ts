import { z } from 'zod'
import { type ReferenceRates, referenceRates } from '#contracts/wire/shapes.ts'
import bundled from '#resources/ecb-rates.json' with { type: 'json' }
import type { ServicePorts } from '../../ports.ts'
import { ecbDailyUrl, parseEcbDaily } from './ecbFeed.ts'
import { fetchLimited } from './fetchLimited.ts'

/** The dated copy that ships with OKPAY. */
export const bundledRates: ReferenceRates = referenceRates.parse({
  source: 'ecb',
  origin: 'bundled',
  on: bundled.on,
  perEuro: bundled.perEuro,
})

const setting = 'ecb_rates'
const kept = z.strictObject({ on: z.iso.date(), perEuro: z.record(z.string(), z.string()) })
const againMs = 6 * 3_600_000
const afterFailureMs = 3_600_000
const limits = { timeoutMs: 15_000, mostBytes: 100_000 }

export type RatesKeeper = { readonly current: () => ReferenceRates; stop(): Promise<void> }

type Options = Pick<ServicePorts, 'store' | 'clock' | 'after' | 'log'> & {
  /** Null: no network is asked. */
  readonly url?: string | null
}

/**
 * Keeps the newest reference rates at hand: the bundled copy at once, then what an earlier run kept in the book, then the feed of the European
 * Central Bank, asked every six hours (it changes once a working day). Nobody waits for it, and an older day never takes the place of a newer one.
 */
export function startRatesKeeper({ store, clock, after, log, url = ecbDailyUrl }: Options): RatesKeeper {
  let current = bundledRates
  let cancel: () => void = () => undefined
  let isStopped = false

  const take = (rates: { readonly on: string; readonly perEuro: Readonly<Record<string, string>> }) => {
    if (rates.on >= current.on) current = { source: 'ecb', origin: 'live', on: rates.on, perEuro: { ...rates.perEuro } }
  }

  async function recall(): Promise<void> {
    const json = await store.read(tx => tx.settings.find(setting))
    const earlier = json === undefined ? undefined : kept.safeParse(JSON.parse(json))
    if (earlier?.success) take(earlier.data)
  }

  async function ask(feed: string): Promise<void> {
    try {
      const rates = parseEcbDaily(await fetchLimited(feed, limits), clock())
      if (!rates) throw new Error('the feed is not as it should be')
      take(rates)
      if (!isStopped && rates.on === current.on) await store.write(tx => tx.settings.save(setting, JSON.stringify(rates)))
      later(againMs, feed)
    } catch (error) {
      log.info({ event: 'rates_not_fetched', cause: error instanceof Error ? error.message : 'unknown' })
      later(afterFailureMs, feed)
    }
  }

  function later(ms: number, feed: string): void {
    if (isStopped) return
    cancel = after(ms, () => {
      running = ask(feed)
    })
  }

  let running = recall()
    .catch((error: unknown) => log.error({ event: 'rates_not_recalled', cause: error instanceof Error ? error.message : 'unknown' }))
    .then(() => (url === null || isStopped ? undefined : ask(url)))
  return {
    current: () => current,
    stop: async () => {
      isStopped = true
      cancel()
      await running
    },
  }
}
