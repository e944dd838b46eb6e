import type { Clock } from './ports.ts'

export type Idle = { begin(): void; touch(): void; end(): void }

/** Calls `onIdle` once nothing was touched for `idleMs()` since `begin`; never where that is null. `begin` takes up another time. */
export function createIdle(clock: Clock, idleMs: () => number | null, onIdle: () => void): Idle {
  let cancel: (() => void) | undefined
  const arm = (): void => {
    cancel?.()
    const ms = idleMs()
    cancel = ms === null ? undefined : clock.after(ms, onIdle)
  }
  return {
    begin: arm,
    touch() {
      if (cancel) arm()
    },
    end() {
      cancel?.()
      cancel = undefined
    },
  }
}
