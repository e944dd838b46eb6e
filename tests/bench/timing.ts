/** How often `work` runs in a second; each run may do `times` things. */
export function rate(work: () => void, forMs: number, times = 1): number {
  const start = performance.now()
  let done = 0
  let now = start
  while (now - start < forMs) {
    work()
    done += times
    now = performance.now()
  }
  return (done * 1000) / (now - start)
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** The median time of a work in milliseconds. */
export async function medianMs(work: () => unknown, times: number): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < times; i += 1) {
    const start = performance.now()
    await work()
    took.push(performance.now() - start)
  }
  return median(took)
}

/** Two works by turns, so that what else the machine does meets both alike. @returns the median rate of each. */
export function byTurns(first: () => number, second: () => number, rounds: number): readonly [number, number] {
  const pairs = Array.from({ length: rounds }, () => [first(), second()] as const)
  return [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))]
}
