import type { AskedPayment, RiskEvent } from '#core/risk/event.ts'
import type { Dice } from '../dice.ts'
import { dayMs, daysOfYear, hourMs, type Person, type World, yearBegins } from '../population.ts'
import type { Told } from '../told.ts'

export type Scene = { readonly dice: Dice; readonly world: World; readonly episode: string; victim(): Person }

/** What somebody does who means harm: events in any order, with those payments that are the harm. */
export type Fraud = (scene: Scene) => { readonly around: readonly RiskEvent[]; readonly harm: readonly AskedPayment[] }

/** A moment in the later part of the year, at an hour of the victim's own day. */
export function momentAt(dice: Dice, { home }: Person, fromHour: number, toHour: number): number {
  const day = dice.whole(60, daysOfYear - 10)
  return yearBegins + day * dayMs + (dice.between(fromHour, toHour) - home.ahead) * hourMs
}

export const stranger = (episode: string, n = 0): string => `taker-${episode}-${n}`

export const labelled = (kind: string, episode: string, { around, harm }: ReturnType<Fraud>): readonly Told[] => [
  ...around.map(event => ({ event, fraud: null })),
  ...harm.map(event => ({ event, fraud: { kind, episode } })),
]
