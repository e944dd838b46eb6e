/** Numbers from a seed: the same seed gives the same ones, on every machine. */
export type Random = {
  /** Below 1. */
  next(): number
  /** Below `n`. */
  int(n: number): number
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number
  chance(share: number): boolean
  pick<const T>(of: readonly [T, ...T[]]): T
  bytes(count: number): Uint8Array
}

/** FNV-1a, then mixed once more: near seeds give streams that have nothing in common. */
function start(text: string): number {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  return (state ^ (state >>> 13)) >>> 0
}

/** A stream of its own for each purpose that is named: what one of them draws changes nothing for the others. Mulberry32. */
export function randomOf(...names: readonly (string | number)[]): Random {
  let state = start(names.join('/'))
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (n: number): number => Math.floor(next() * n)
  return {
    next,
    int,
    between: (least, most) => least + int(most - least + 1),
    chance: share => next() < share,
    pick: of => of[int(of.length)] ?? of[0],
    bytes: count => Uint8Array.from({ length: count }, () => int(256)),
  }
}
