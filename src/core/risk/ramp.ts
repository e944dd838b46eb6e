/** Where evidence begins to count and where it counts in full. Downwards (`[3, 0.5]`) where less is worse. */
export type Ramp = readonly [from: number, to: number]

/** 0 before `from`, 1 from `to` on, and straight between. */
export const rise = (value: number, [from, to]: Ramp): number => Math.min(1, Math.max(0, (value - from) / (to - from)))
