import type { RiskEvent } from '#core/risk/event.ts'
import type { Dice } from './dice.ts'
import { dayMs, daysOfYear, farFrom, type Home, hourMs, minuteMs, type Person, type Shop, type World, yearBegins } from './population.ts'
import { cents, honest, payment, type Told, type Wish } from './told.ts'

/** A stretch of days on which a person is elsewhere, or uses OKPAY for nothing. */
type Stretch = { readonly from: number; readonly to: number }
type Trip = Stretch & { readonly home: Home }
/** What a person's year holds beside its ordinary days. */
type Year = {
  readonly trips: readonly Trip[]
  readonly silence: Stretch | null
  /** From which day on a new computer is used. */
  readonly newInstallationOn: number
}

const isIn = (day: number, { from, to }: Stretch): boolean => day >= from && day <= to

function yearOf(dice: Dice, person: Person): Year {
  const trips = Array.from({ length: dice.times(0.9) }, (): Trip => {
    const from = dice.whole(5, daysOfYear - 20)
    return { from, to: from + dice.whole(2, 14), home: farFrom(dice, person.home) }
  })
  const begins = dice.whole(20, 150)
  const silence = dice.chance(0.04) ? { from: begins, to: begins + dice.whole(100, 210) } : null
  return { trips, silence, newInstallationOn: dice.chance(0.25) ? dice.whole(1, daysOfYear - 1) : Number.POSITIVE_INFINITY }
}

/** When people pay: at breakfast, at noon, most in the evening; some when others sleep. The instant is within the person's own day. */
function momentOf(dice: Dice, { home, isNightOwl }: Person, day: number): number {
  const around = dice.pick([8.5, 12.5, 12.5, 17, 19.5, 19.5, 20.5])
  const hour =
    isNightOwl && dice.chance(0.3) ? dice.between(0, 4.5) : dice.chance(0.006) ? dice.between(0, 6) : around + dice.normal() * 1.6
  return yearBegins + day * dayMs + (Math.min(23.9, Math.max(0, hour)) - home.ahead) * hourMs
}

const atShop = (dice: Dice, { id, medianEur }: Shop): Pick<Wish, 'payee' | 'payeeKind' | 'eur'> => ({
  payee: id,
  payeeKind: 'shop',
  eur: dice.logNormal(medianEur, 0.55),
})
const toPerson = (dice: Dice, payee: string): Pick<Wish, 'payee' | 'payeeKind' | 'eur'> => ({
  payee,
  payeeKind: 'person',
  eur: dice.logNormal(28, 0.9),
})

/** What one ordinary payment is for. */
function habit(dice: Dice, person: Person, world: World, away: Trip | undefined): Pick<Wish, 'payee' | 'payeeKind' | 'eur'> {
  if (away && dice.chance(0.8)) {
    const usual = atShop(dice, dice.pick(world.shopsIn(away.home.country)))
    return { ...usual, eur: usual.eur * 1.5 }
  }
  if (person.friends.length > 0 && dice.chance(0.12)) return toPerson(dice, dice.pickFavourite(person.friends))
  if (dice.chance(0.1)) return atShop(dice, dice.pick(world.shops))
  return atShop(dice, dice.pickFavourite(person.shops))
}

type Teller = { tell(event: RiskEvent): void; pay(wish: Wish): void }

/** Rent, wages, and what is paid for on the same day of each month. */
function monthly(dice: Dice, person: Person, day: number, { tell, pay }: Teller): void {
  const { id, monthlyEur, landlord } = person
  const date = new Date(yearBegins + day * dayMs).getUTCDate()
  const hour = (low: number, high: number): number => yearBegins + day * dayMs + (dice.between(low, high) - person.home.ahead) * hourMs
  if (date === 27) tell({ what: 'money_in', at: Math.round(hour(2, 9)), holder: id, eurMinor: cents(monthlyEur), payer: null })
  if (date === 2 && landlord !== null && landlord !== id)
    pay({ at: hour(8, 21), eur: monthlyEur * 0.36, payee: landlord, payeeKind: 'person' })
}

/** What happens once in a while: a sofa, a sale, a present for which friends put together, a forgotten password. */
function nowAndThen(dice: Dice, person: Person, world: World, day: number, { tell, pay }: Teller): void {
  const at = momentOf(dice, person, day)
  if (dice.chance(1.1 / daysOfYear))
    pay({ at, eur: person.perPaymentEur * dice.between(0.25, 1), payee: dice.pick(world.shops).id, payeeKind: 'shop' })
  if (dice.chance(0.25 / daysOfYear))
    pay({
      at,
      eur: person.perPaymentEur * dice.between(0.1, 0.8),
      payee: `person-${dice.whole(0, world.people.length - 1)}`,
      payeeKind: 'person',
    })
  if (dice.chance(0.6 / daysOfYear))
    for (let n = dice.whole(4, 9), then = at; n > 0; n -= 1, then += dice.between(3, 25) * minuteMs)
      pay({ at: then, ...atShop(dice, dice.pick(dice.chance(0.5) ? person.shops : world.shops)) })
  if (dice.chance(0.35 / daysOfYear) && person.friends.length > 2) {
    const each = dice.between(8, 60)
    let last = at
    for (const payer of person.friends) {
      last += dice.between(0.2, 9) * hourMs
      tell({ what: 'money_in', at: Math.round(last), holder: person.id, eurMinor: cents(each), payer })
    }
    pay({
      at: last + dice.between(0.3, 30) * hourMs,
      eur: each * (person.friends.length + 1),
      payee: dice.pick(world.shops).id,
      payeeKind: 'shop',
    })
  }
  if (dice.chance(1.2 / daysOfYear))
    for (let n = dice.chance(0.1) ? dice.whole(3, 6) : dice.whole(1, 2); n > 0; n -= 1)
      tell({ what: 'code_failed', at: Math.round(at - n * dice.between(10, 60) * 1000), holder: person.id })
}

/** A year of one person's honest life. */
export function honestYear(dice: Dice, person: Person, world: World): readonly Told[] {
  const told: Told[] = []
  const year = yearOf(dice, person)
  const fresh = `${person.installation}-new`
  const installationOn = (day: number): string => (day >= year.newInstallationOn ? fresh : person.installation)
  const tripOn = (day: number): Trip | undefined => year.trips.find(trip => isIn(day, trip))
  const tell = (event: RiskEvent): void => void told.push(honest(event))
  const signIn = (day: number, at: number): void =>
    tell({
      what: 'signed_in',
      at: Math.round(at),
      holder: person.id,
      installation: installationOn(day),
      country: (tripOn(day)?.home ?? person.home).country,
    })
  tell({ what: 'opened', at: yearBegins + person.opensOn * dayMs, holder: person.id, country: person.home.country })
  signIn(0, yearBegins + person.opensOn * dayMs + minuteMs)
  for (let day = Math.max(0, person.opensOn + 1); day < daysOfYear; day += 1) {
    if (year.silence && isIn(day, year.silence)) continue
    const away = tripOn(day)
    const pay = (wish: Wish): void =>
      tell(payment(person, { installation: installationOn(day), ...(away ? { country: away.home.country } : {}), ...wish }))
    const count = dice.times(person.perDay * (away ? 1.6 : 1))
    const moments = Array.from({ length: count }, () => momentOf(dice, person, day)).sort((a, b) => a - b)
    const [first] = moments
    const isNew = day === Math.ceil(year.newInstallationOn) || year.silence?.to === day - 1
    if (isNew || (first !== undefined && dice.chance(0.4)))
      signIn(day, (first ?? momentOf(dice, person, day)) - dice.between(1, 30) * minuteMs)
    for (const at of moments) pay({ at, ...habit(dice, person, world, away) })
    monthly(dice, person, day, { tell, pay })
    nowAndThen(dice, person, world, day, { tell, pay })
  }
  return told
}
