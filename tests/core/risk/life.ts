import type { AskedPayment, RiskEvent } from '#core/risk/event.ts'
import { observe, type PaymentOutcome, type Profiles } from '#core/risk/profiles.ts'
import { load, nothingKept, save } from '../../bench/risk/measure.ts'

export const hour = 3_600_000
export const day = 24 * hour
/** A Monday at noon. */
export const start = Date.UTC(2026, 0, 5, 12)

/** A payment of Ann's, of 25 euro to a shop from her own computer at noon, at `start` and a year later. */
export const payment = (change: Partial<AskedPayment> = {}): AskedPayment => ({
  what: 'payment',
  id: 'payment',
  at: start + 365 * day,
  holder: 'ann',
  payee: 'shop',
  payeeKind: 'shop',
  eurMinor: 2_500n,
  installation: 'desk',
  country: 'DE',
  localHour: 12,
  perPayment: 200_000n,
  ...change,
})

/** Profiles that are led through events, in their order. */
export function life() {
  const kept = nothingKept()
  return {
    goesOn(event: RiskEvent, outcome?: PaymentOutcome): void {
      save(kept, event, observe(load(kept, event), event, outcome))
    },
    before: (event: RiskEvent): Profiles => load(kept, event),
  }
}

/** A year in which Ann opened her account in Germany and paid the same shop every other day. */
export function quietYear() {
  const ann = life()
  ann.goesOn({ what: 'opened', at: start, holder: 'ann', country: 'DE' })
  ann.goesOn({ what: 'signed_in', at: start, holder: 'ann', installation: 'desk', country: 'DE' })
  for (let days = 1; days < 364; days += 2) ann.goesOn(payment({ id: `day ${days}`, at: start + days * day }))
  return ann
}
