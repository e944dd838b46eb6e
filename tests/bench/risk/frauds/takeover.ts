import { farFrom, hourMs, minuteMs } from '../population.ts'
import { payment } from '../told.ts'
import { type Fraud, momentAt, stranger } from './fraud.ts'

/** Somebody in a session that was left open: many payments in less than an hour, until nothing is left. */
export const burst: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const takers = dice.whole(2, 6)
  let at = momentAt(dice, person, 9, 22)
  const harm = Array.from({ length: dice.whole(9, 20) }, () => {
    at += dice.between(0.6, 4) * minuteMs
    return payment(person, {
      at,
      eur: dice.between(40, 320),
      payee: stranger(episode, dice.whole(0, takers - 1)),
      payeeKind: dice.chance(0.5) ? 'shop' : 'person',
    })
  })
  return { around: [], harm }
}

/** A program on the victim's own computer: one or two payments, far from anything that the account ever did. */
export const outOfCharacter: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const at = momentAt(dice, person, 8, 22)
  const eur = person.perPaymentEur * dice.between(0.45, 0.95)
  const harm = Array.from({ length: dice.whole(1, 2) }, (_, n) =>
    payment(person, {
      at: at + n * dice.between(4, 50) * minuteMs,
      eur,
      payee: stranger(episode, n),
      payeeKind: dice.chance(0.3) ? 'shop' : 'person',
    }),
  )
  return { around: [], harm }
}

/** A stolen password: another computer signs in, and the money goes within a day. */
export const newComputer: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const installation = `thief-${episode}`
  const at = momentAt(dice, person, 7, 23)
  const payee = stranger(episode)
  let then = at
  const harm = Array.from({ length: dice.whole(1, 3) }, () => {
    then += dice.between(0.1, 7) * hourMs
    return payment(person, { at: then, eur: person.perPaymentEur * dice.between(0.3, 0.95), payee, payeeKind: 'person', installation })
  })
  return { around: [{ what: 'signed_in', at: Math.round(at), holder: person.id, installation, country: person.home.country }], harm }
}

/** The same at an hour at which the account was never used, in shops that take things which can be sold. */
export const atNight: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const isOwn = dice.chance(0.4)
  const installation = isOwn ? person.installation : `thief-${episode}`
  const at = momentAt(dice, person, 1.5, 4)
  const harm = Array.from({ length: dice.whole(3, 6) }, (_, n) =>
    payment(person, {
      at: at + n * dice.between(5, 14) * minuteMs,
      eur: dice.between(120, 620),
      payee: stranger(episode, n),
      payeeKind: 'shop',
      installation,
    }),
  )
  const signIn = {
    what: 'signed_in',
    at: Math.round(at - 6 * minuteMs),
    holder: person.id,
    installation,
    country: person.home.country,
  } as const
  return { around: isOwn ? [] : [signIn], harm }
}

/** A copied session: an hour after a payment at home the account is used on another continent. */
export const elsewhere: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const { country } = farFrom(dice, person.home)
  const installation = dice.chance(0.5) ? person.installation : `thief-${episode}`
  const at = momentAt(dice, person, 11, 21)
  const [shop] = person.shops
  const before = payment(person, { at: at - dice.between(0.4, 2) * hourMs, eur: 21, payee: shop?.id ?? 'shop-0', payeeKind: 'shop' })
  const harm = Array.from({ length: dice.whole(2, 5) }, (_, n) =>
    payment(person, {
      at: at + n * dice.between(3, 40) * minuteMs,
      eur: dice.between(150, 900),
      payee: stranger(episode, n % 2),
      payeeKind: dice.chance(0.6) ? 'shop' : 'person',
      installation,
      country,
    }),
  )
  return { around: [before, { what: 'signed_in', at: Math.round(at - 4 * minuteMs), holder: person.id, installation, country }], harm }
}

/** Codes are guessed until one fits. */
export const guessed: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const installation = `thief-${episode}`
  const at = momentAt(dice, person, 0, 23)
  const tries = Array.from({ length: dice.whole(5, 16) }, (_, n) => ({
    what: 'code_failed' as const,
    at: Math.round(at - (n + 1) * dice.between(1, 6) * minuteMs),
    holder: person.id,
  }))
  const harm = Array.from({ length: dice.whole(1, 4) }, (_, n) =>
    payment(person, {
      at: at + (n + 1) * dice.between(2, 30) * minuteMs,
      eur: dice.between(180, 1500),
      payee: stranger(episode, n % 2),
      payeeKind: 'person',
      installation,
    }),
  )
  return {
    around: [...tries, { what: 'signed_in', at: Math.round(at), holder: person.id, installation, country: person.home.country }],
    harm,
  }
}
