import { dayMs, daysOfYear, hourMs, minuteMs, yearBegins } from '../population.ts'
import { payment } from '../told.ts'
import { type Fraud, momentAt, stranger } from './fraud.ts'

/** The victim pays by themself, by day, on their own computer: "your account is in danger, move your money to this safe one". */
export const safeAccount: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const at = momentAt(dice, person, 9, 19)
  const harm = Array.from({ length: dice.whole(1, 3) }, (_, n) =>
    payment(person, {
      at: at + n * dice.between(8, 70) * minuteMs,
      eur: person.perPaymentEur * dice.between(0.6, 1),
      payee: stranger(episode),
      payeeKind: 'person',
    }),
  )
  return { around: [], harm }
}

/** A few cents first, to see that it goes; then all that goes at once. */
export const testedFirst: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const payee = stranger(episode)
  let at = momentAt(dice, person, 7, 23)
  const small = Array.from({ length: dice.whole(3, 7) }, () => {
    at += dice.between(1, 12) * minuteMs
    return payment(person, { at, eur: dice.between(0.2, 3), payee, payeeKind: 'shop' })
  })
  const large = payment(person, {
    at: at + dice.between(3, 50) * minuteMs,
    eur: person.perPaymentEur * dice.between(0.3, 0.9),
    payee,
    payeeKind: 'shop',
  })
  return { around: [], harm: [...small, large] }
}

/** Just below what may be paid at once, again and again. */
export const belowTheLimit: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const takers = dice.whole(1, 3)
  let at = momentAt(dice, person, 8, 12)
  const harm = Array.from({ length: dice.whole(5, 10) }, () => {
    at += dice.between(0.8, 9) * hourMs
    return payment(person, {
      at,
      eur: person.perPaymentEur * dice.between(0.9, 0.995),
      payee: stranger(episode, dice.whole(0, takers - 1)),
      payeeKind: 'person',
    })
  })
  return { around: [], harm }
}

/** An account that slept for months wakes up and is emptied. */
export const sleeper: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const last = yearBegins + dice.whole(10, 60) * dayMs
  const at = last + dice.whole(150, 280) * dayMs + dice.between(8, 22) * hourMs
  const isOwn = dice.chance(0.4)
  const installation = isOwn ? person.installation : `thief-${episode}`
  const harm = Array.from({ length: dice.whole(2, 4) }, (_, n) =>
    payment(person, {
      at: at + n * dice.between(10, 200) * minuteMs,
      eur: person.perPaymentEur * dice.between(0.2, 0.8),
      payee: stranger(episode, n % 2),
      payeeKind: dice.chance(0.5) ? 'shop' : 'person',
      installation,
    }),
  )
  return {
    around: [{ what: 'signed_in', at: Math.round(at - 9 * minuteMs), holder: person.id, installation, country: person.home.country }],
    harm,
  }
}

/** A shop or person who takes money for what never comes, from many, for weeks; those who notice say so after some days. */
export const takesFromMany: Fraud = ({ dice, world, episode }) => {
  const payee = stranger(episode)
  const begins = yearBegins + dice.whole(60, daysOfYear - 45) * dayMs
  const payeeKind = dice.chance(0.6) ? ('shop' as const) : ('person' as const)
  const harm = Array.from({ length: dice.whole(25, 50) }, () => {
    const person = dice.pick(world.people.filter(({ opensOn }) => opensOn < 0))
    return payment(person, { at: begins + dice.between(0, 35) * dayMs, eur: dice.between(60, 700), payee, payeeKind })
  })
  const around = harm
    .filter(() => dice.chance(0.4))
    .map(({ at, holder }) => ({ what: 'payee_reported' as const, at: Math.round(at + dice.between(0.5, 5) * dayMs), payee, by: holder }))
  return { around, harm }
}

/** A friendship by letter that asks for a little more each week. */
export const groomed: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const payee = stranger(episode)
  let at = yearBegins + dice.whole(60, daysOfYear - 80) * dayMs + (dice.between(16, 23) - person.home.ahead) * hourMs
  let eur = dice.between(40, 120)
  const harm = Array.from({ length: dice.whole(5, 8) }, () => {
    at += dice.between(4, 10) * dayMs
    eur *= dice.between(1.4, 2.3)
    return payment(person, { at, eur, payee, payeeKind: 'person' })
  })
  return { around: [], harm }
}
