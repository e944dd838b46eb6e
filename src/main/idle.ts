import type { Clock } from './ports.ts'

export type Idle = { begin(): void; touch(): void; end(): void }

/** Calls `onIdle` once nothing was touched for `idleMs` since `begin`. */
export function createIdle(clock: Clock, idleMs: number, onIdle: () => void): Idle {
  let cancel: (() => void) | undefined
  const arm = (): void => {
    cancel?.()
    cancel = clock.after(idleMs, onIdle)
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
