import type { AskedPayment, RiskEvent } from '#core/risk/event.ts'
import { hourMs, type Person } from './population.ts'

/** An event with what only its maker knows: which fraud it belongs to. */
export type Told = { readonly event: RiskEvent; readonly fraud: { readonly kind: string; readonly episode: string } | null }

export const honest = (event: RiskEvent): Told => ({ event, fraud: null })

export const cents = (eur: number): bigint => BigInt(Math.max(1, Math.round(eur * 100)))

export const localHour = ({ home }: Pick<Person, 'home'>, at: number): number => {
  const hours = Math.floor((at / hourMs + home.ahead) % 24)
  return (hours + 24) % 24
}

export type Wish = Pick<AskedPayment, 'payee' | 'payeeKind'> & {
  readonly at: number
  readonly eur: number
  readonly installation?: string
  readonly country?: string
}

/** A payment as the service would hear of it; what is over the limit is asked for at the limit, for more is refused before anybody judges it. */
export function payment(person: Person, { at, eur, payee, payeeKind, installation, country }: Wish): AskedPayment {
  const { id, home, perPaymentEur } = person
  return {
    what: 'payment',
    // Made of what it is: the same for the same seed.
    id: `${id}-${at.toString(36)}-${payee}`,
    at: Math.round(at),
    holder: id,
    payee,
    payeeKind,
    eurMinor: cents(Math.min(eur, perPaymentEur)),
    installation: installation ?? person.installation,
    country: country ?? home.country,
    localHour: localHour(person, at),
    perPayment: cents(perPaymentEur),
  }
}
