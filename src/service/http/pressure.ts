/** How many changes may be under way or wait for their commit; who comes beyond is told to come again. */
const mostChanges = 1_000

/** The line of changes, which is never without an end. */
export type Pressure = {
  /** Undefined where the line is full; else what must be called once the change is done. */
  enter(): (() => void) | undefined
  readonly waiting: () => number
}

export function createPressure(most = mostChanges): Pressure {
  let waiting = 0
  return {
    enter: () => {
      if (waiting >= most) return undefined
      waiting += 1
      return () => {
        waiting -= 1
      }
    },
    waiting: () => waiting,
  }
}
