import type { Dice } from './dice.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
export const daysOfYear = 365
/** 1 January 2025 in UTC. */
export const yearBegins = Date.UTC(2025, 0, 1)

/** Where people live, with the hours that their clocks are ahead of UTC, and how many of a hundred. */
const homes = [
  { country: 'DE', ahead: 1, of100: 22 },
  { country: 'FR', ahead: 1, of100: 14 },
  { country: 'CN', ahead: 8, of100: 20 },
  { country: 'GB', ahead: 0, of100: 10 },
  { country: 'ES', ahead: 1, of100: 8 },
  { country: 'PL', ahead: 1, of100: 8 },
  { country: 'US', ahead: -5, of100: 10 },
  { country: 'IN', ahead: 5.5, of100: 8 },
] as const

export type Home = (typeof homes)[number]
export type Shop = { readonly id: string; readonly country: string; readonly medianEur: number }
export type Person = {
  readonly id: string
  readonly home: Home
  /** Days after the year begins; before it for most. */
  readonly opensOn: number
  readonly monthlyEur: number
  /** Payments on an ordinary day. */
  readonly perDay: number
  /** A hundredth of it in euro cents is too small a unit to matter: euro. */
  readonly perPaymentEur: number
  readonly isNightOwl: boolean
  readonly installation: string
  /** The ones that are liked best first. */
  readonly shops: readonly Shop[]
  readonly friends: readonly string[]
  readonly landlord: string | null
}

export type World = {
  readonly shops: readonly Shop[]
  readonly people: readonly Person[]
  readonly shopsIn: (country: string) => readonly Shop[]
}

function homeOf(dice: Dice): Home {
  let at = dice.between(0, 100)
  for (const home of homes) {
    at -= home.of100
    if (at <= 0) return home
  }
  return homes[0]
}

export const farFrom = (dice: Dice, { country }: { readonly country: string }): Home =>
  dice.pick(homes.filter(home => home.country !== country))

function personOf(dice: Dice, n: number, shops: readonly Shop[], count: number, before: readonly Person[]): Person {
  const home = homeOf(dice)
  const near = shops.filter(shop => shop.country === home.country)
  const sharer = before.at(-1)
  const mayPayMore = dice.chance(0.12)
  return {
    id: `person-${n}`,
    home,
    opensOn: dice.chance(0.8) ? -dice.whole(30, 900) : dice.whole(0, 330),
    monthlyEur: Math.max(600, dice.logNormal(2300, 0.5)),
    perDay: Math.min(1.6, dice.logNormal(0.25, 0.6)),
    perPaymentEur: mayPayMore ? 5000 : 2000,
    isNightOwl: dice.chance(0.08),
    // Two in one home may use one computer.
    installation: sharer && dice.chance(0.06) ? sharer.installation : `installation-${n}`,
    shops: Array.from({ length: dice.whole(12, 45) }, () => dice.pick(near)),
    friends: Array.from({ length: dice.whole(2, 8) }, () => `person-${dice.whole(0, count - 1)}`).filter(
      friend => friend !== `person-${n}`,
    ),
    landlord: dice.chance(0.45) ? `person-${dice.whole(0, count - 1)}` : null,
  }
}

/** Who there is, and what they are used to. */
export function makeWorld(dice: Dice, people: number): World {
  const shops = Array.from({ length: Math.max(200, Math.round(people * 1.2)) }, (_, n): Shop => {
    return { id: `shop-${n}`, country: homeOf(dice).country, medianEur: Math.min(400, dice.logNormal(19, 0.9)) }
  })
  const known: Person[] = []
  for (let n = 0; n < people; n += 1) known.push(personOf(dice, n, shops, people, known))
  const byCountry = Map.groupBy(shops, ({ country }) => country)
  return { shops, people: known, shopsIn: country => byCountry.get(country) ?? shops }
}
