import { numbers } from '../../crash/numbers.ts'

/** Chance by a seed: the same for the same seed. */
export type Dice = ReturnType<typeof diceOf>

export function diceOf(seed: number) {
  const next = numbers(seed)
  // The first numbers of neighbouring seeds are alike.
  for (let n = 0; n < 20; n += 1) next()
  const between = (low: number, high: number): number => low + next() * (high - low)
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1))
  /** By Box and Muller. */
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    chance: (of: number): boolean => next() < of,
    between,
    /** An integer from `low` to `high`, both included. */
    whole,
    normal,
    /** Half of them below `median`; `spread` 0.5 has two thirds between 0.6 and 1.65 of it. */
    logNormal: (median: number, spread: number): number => median * Math.exp(spread * normal()),
    pick: <T>(of: readonly T[]): T => {
      const one = of[Math.floor(next() * of.length)]
      if (one === undefined) throw new Error('there is nothing to pick from')
      return one
    },
    /** The first ones far more often, as people have shops to which they go each week and others that they saw once. */
    pickFavourite: <T>(of: readonly T[]): T => {
      const one = of[Math.floor(of.length * next() ** 2.5)]
      if (one === undefined) throw new Error('there is nothing to pick from')
      return one
    },
    /** How often something happens that happens `mean` times (Knuth). */
    times: (mean: number): number => {
      const least = Math.exp(-mean)
      let count = 0
      for (let product = next(); product > least; product *= next()) count += 1
      return count
    },
  }
}
