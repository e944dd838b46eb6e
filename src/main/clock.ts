import { randomBytes } from 'node:crypto'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import type { Clock } from './ports.ts'

/** The system's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Ids from a clock and the system's random source. */
export const idsBy = (clock: Clock) => (): string => uuidV7(clock.now(), randomBytes(10))
