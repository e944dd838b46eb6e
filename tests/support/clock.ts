import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#main/ports.ts'

/** A clock that runs like the system's and can be put forward (or back): what falls due is run at once. */
export type TestClock = Clock & {
  /** Puts the clock forward and lets what fell due begin. */
  moves(ms: number): Promise<void>
}

type Timer = { readonly dueAt: number; readonly run: () => void; readonly real: NodeJS.Timeout }

/** @param startAt where it begins; the present where it is not given. */
export function testClock(startAt = Date.now()): TestClock {
  let offset = startAt - Date.now()
  const timers = new Set<Timer>()
  const now = (): number => Date.now() + offset

  function ring(timer: Timer): void {
    if (!timers.delete(timer)) return
    clearTimeout(timer.real)
    timer.run()
  }

  return {
    now,
    after(ms, run) {
      const timer: Timer = { dueAt: now() + ms, run, real: setTimeout(() => ring(timer), Math.min(ms, 2 ** 31 - 1)) }
      timer.real.unref()
      timers.add(timer)
      return () => {
        timers.delete(timer)
        clearTimeout(timer.real)
      }
    },
    async moves(ms) {
      offset += ms
      for (const timer of [...timers].sort((a, b) => a.dueAt - b.dueAt)) if (timer.dueAt <= now()) ring(timer)
      await pause(1)
    },
  }
}
