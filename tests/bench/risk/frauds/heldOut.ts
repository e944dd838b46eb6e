import { dayMs, daysOfYear, hourMs, yearBegins } from '../population.ts'
import { payment } from '../told.ts'
import { type Fraud, stranger } from './fraud.ts'

/**
 * A letter that looks like the landlord's, or a craftsman's: "our account has changed". The victim pays what they expected to pay, by day, on their own
 * computer, and again the month after if nobody asked for the money meanwhile.
 */
export const changedAccount: Fraud = ({ dice, victim, episode }) => {
  const person = victim()
  const payee = stranger(episode)
  const begins = yearBegins + dice.whole(60, daysOfYear - 100) * dayMs
  const isRent = person.landlord !== null
  const eur = isRent ? person.monthlyEur * 0.36 : dice.between(150, 1100)
  const harm = Array.from({ length: isRent ? dice.whole(1, 3) : 1 }, (_, n) =>
    payment(person, {
      at: begins + n * 30 * dayMs + (dice.between(8, 20) - person.home.ahead) * hourMs,
      eur,
      payee,
      payeeKind: isRent || dice.chance(0.5) ? 'person' : 'shop',
    }),
  )
  return { around: [], harm }
}
