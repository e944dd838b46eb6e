import { diceOf } from './dice.ts'
import { labelled } from './frauds/fraud.ts'
import { frauds, heldOut } from './frauds/index.ts'
import { honestYear } from './honest.ts'
import { makeWorld, type Person } from './population.ts'
import type { Told } from './told.ts'

/** So many people make some 200,000 payments in a year. */
const peopleFor = (payments: number): number => Math.round(payments / 118)
const mostOfEach = 30
/** So many people does one episode of every kind need. */
const victimsOfAll = 25

/** Some are robbed and some are not, nobody twice: what is learnt from one fraud says nothing about another. */
function victimsOf(people: readonly Person[]) {
  const free = people.filter(({ opensOn }) => opensOn < 0)
  return {
    count: free.length,
    next(): Person {
      const one = free.shift()
      if (!one) throw new Error('there are too few people for so many frauds')
      return one
    },
  }
}

/** A year of payments with what is around them, in order of time, and frauds of every kind among them; the same for the same seed. */
export function makeStream(seed: number, payments = 200_000): readonly Told[] {
  const dice = diceOf(seed)
  const world = makeWorld(dice, peopleFor(payments))
  const victims = victimsOf(world.people)
  const asleep = new Map<string, number>()
  const told: Told[] = []
  const ofEach = Math.min(mostOfEach, Math.max(1, Math.floor(victims.count / victimsOfAll)))
  for (const [kind, fraud] of Object.entries({ ...frauds, ...heldOut }))
    for (let n = 0; n < ofEach; n += 1) {
      const episode = `${kind}-${n}`
      const made = labelled(kind, episode, fraud({ dice, world, episode, victim: victims.next }))
      told.push(...made)
      const [first] = made.filter(one => one.fraud !== null)
      if (kind === 'sleeper' && first?.event.what === 'payment') asleep.set(first.event.holder, first.event.at)
    }
  for (const person of world.people) {
    const wakes = asleep.get(person.id)
    const year = honestYear(dice, person, world)
    // Whoever sleeps did nothing for five months before.
    told.push(...(wakes === undefined ? year : year.filter(({ event }) => event.at < wakes - 150 * 86_400_000)))
  }
  return told.sort((a, b) => a.event.at - b.event.at)
}
