type Happening = { readonly at: number; readonly order: number; run: (() => void) | undefined }

/** Virtual time: nothing happens but what was put into it, in one order, however long it would have taken. */
export type Time = {
  /** Milliseconds since 1970, as nobody's clock tells them: those have errors of their own. */
  now(): number
  after(ms: number, run: () => void): () => void
  /** Lets happen what is due, one thing after the other, until `isOver`. Throws where nothing is left to happen. */
  runUntil(isOver: () => boolean): Promise<void>
}

const turn = globalThis.setImmediate

/** All promises that can be resolved are. */
const settled = (): Promise<void> => new Promise(done => void turn(done))

const isBefore = (a: Happening, b: Happening): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

export function createTime(startsAt: number): Time {
  const heap: Happening[] = []
  let now = startsAt
  let count = 0

  function push(one: Happening): void {
    let at = heap.push(one) - 1
    for (let up = (at - 1) >> 1; at > 0; up = (at - 1) >> 1) {
      const above = heap[up]
      if (!above || isBefore(above, one)) break
      heap[at] = above
      at = up
    }
    heap[at] = one
  }

  function pop(): Happening | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      const down = right && left && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
      const below = heap[down]
      if (!below || isBefore(last, below)) break
      heap[at] = below
      at = down
    }
    heap[at] = last
    return first
  }

  return {
    now: () => now,
    after(ms, run) {
      const one: Happening = { at: now + Math.max(0, ms), order: count, run }
      count += 1
      push(one)
      return () => {
        one.run = undefined
      }
    },
    async runUntil(isOver) {
      while (!isOver()) {
        const next = pop()
        if (!next) throw new Error('nothing is left to happen')
        if (!next.run) continue
        now = next.at
        next.run()
        await settled()
      }
    },
  }
}
