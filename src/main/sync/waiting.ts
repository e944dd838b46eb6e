import { randomInt } from 'node:crypto'
import type { Clock } from '../ports.ts'

/** 1 s, 2 s, 4 s ... up to `mostMs`, give or take a half, so that many wallets do not come back at the same moment. */
export function backOffMs(failures: number, mostMs: number): number {
  const full = Math.min(mostMs, 1000 * 2 ** Math.min(failures - 1, 16))
  return Math.round(full / 2) + randomInt(Math.max(1, full))
}

/** A sleep that can be woken. */
export type Alarm = {
  /** Resolves after `ms`, or at once where it was woken since the last sleep. */
  sleep(ms: number): Promise<void>
  wake(): void
}

export function createAlarm(clock: Clock): Alarm {
  let isWoken = false
  let ring: (() => void) | undefined
  return {
    sleep(ms) {
      if (isWoken) {
        isWoken = false
        return Promise.resolve()
      }
      return new Promise(done => {
        const cancel = clock.after(ms, () => ring?.())
        ring = () => {
          ring = undefined
          isWoken = false
          cancel()
          done()
        }
      })
    },
    wake() {
      isWoken = true
      ring?.()
    },
  }
}
