import type { RiskEvent } from '#core/risk/event.ts'
import { dayMs, daysOfYear, hourMs, minuteMs, type Person, yearBegins } from '../population.ts'
import { cents, payment } from '../told.ts'
import { type Fraud, stranger } from './fraud.ts'

const made = (person: Person, id: string, installation: string): Person => ({
  ...person,
  id,
  installation,
  perPaymentEur: 2000,
  isNightOwl: false,
})

/** A young account through which stolen money goes: in from several, out at once. */
export const mule: Fraud = ({ dice, victim, episode }) => {
  const person = made(victim(), `mule-${episode}`, `mule-${episode}`)
  const opens = yearBegins + dice.whole(40, daysOfYear - 70) * dayMs
  const around: RiskEvent[] = [
    { what: 'opened', at: opens, holder: person.id, country: person.home.country },
    { what: 'signed_in', at: opens + minuteMs, holder: person.id, installation: person.installation, country: person.home.country },
  ]
  for (let n = dice.whole(2, 5); n > 0; n -= 1)
    around.push(
      payment(person, {
        at: opens + dice.between(1, 9) * dayMs,
        eur: dice.between(4, 30),
        payee: dice.pick(person.shops).id,
        payeeKind: 'shop',
      }),
    )
  const harm = Array.from({ length: dice.whole(2, 4) }, (_, n) => {
    let at = opens + (10 + n * dice.between(2, 6)) * dayMs
    const ins = Array.from({ length: dice.whole(2, 5) }, () => dice.between(250, 900))
    for (const eur of ins) {
      at += dice.between(2, 60) * minuteMs
      around.push({ what: 'money_in', at: Math.round(at), holder: person.id, eurMinor: cents(eur), payer: `cheated-${dice.whole(0, 1e6)}` })
    }
    const whole = ins.reduce((sum, eur) => sum + eur, 0) * dice.between(0.85, 0.98)
    const parts = Math.max(1, Math.ceil(whole / 1900))
    return Array.from({ length: parts }, (_, part) =>
      payment(person, {
        at: at + dice.between(0.3, 5) * hourMs + part * minuteMs,
        eur: whole / parts,
        payee: stranger(episode, n),
        payeeKind: 'person',
      }),
    )
  }).flat()
  return { around, harm }
}

/** Accounts that were bought or made up: one computer signs in to all of them and gathers what they hold. */
export const oneComputer: Fraud = ({ dice, victim, episode }) => {
  const installation = `ring-${episode}`
  const begins = yearBegins + dice.whole(60, daysOfYear - 20) * dayMs
  const payees = [stranger(episode), stranger(episode, 1)]
  const around: RiskEvent[] = []
  const harm = Array.from({ length: dice.whole(5, 10) }, () => {
    const person = victim()
    const at = begins + dice.between(0, 5) * dayMs
    around.push({ what: 'signed_in', at: Math.round(at), holder: person.id, installation, country: person.home.country })
    return payment(person, {
      at: at + dice.between(3, 300) * minuteMs,
      eur: dice.between(200, 1500),
      payee: dice.pick(payees),
      payeeKind: 'person',
      installation,
    })
  })
  return { around, harm }
}
