import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { randomOf } from './random.ts'
import type { Time } from './time.ts'

/**
 * What is left of the system once every port is given: the jitter of a wallet's waits is drawn from the seed, a turn of the event loop is one of virtual time, and whoever asks the system itself for time,
 * chance or a connection in the middle of a run is found. `run` says who is told of promises that failed and had no one to hear of it.
 */
export async function withSeededSystem<T>(
  seed: number,
  time: Time,
  run: (onStray: (listen: (error: unknown) => void) => void) => Promise<T>,
): Promise<T> {
  const random = randomOf('jitter', seed)
  const listeners: ((error: unknown) => void)[] = []
  const stray = (what: string) => (): never => {
    const error = new Error(`${what} was asked of the system itself`)
    for (const listen of listeners) listen(error)
    throw error
  }
  const before = {
    randomInt: crypto.randomInt,
    randomBytes: crypto.randomBytes,
    randomUUID: crypto.randomUUID,
    now: Date.now,
    chance: Math.random,
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    setImmediate: globalThis.setImmediate,
    fetch: globalThis.fetch,
  }
  const hear = (error: unknown): void => {
    for (const listen of listeners) listen(error)
  }
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', hear)
  Object.assign(crypto, {
    randomInt: (most: number) => random.int(most),
    randomBytes: stray('randomBytes'),
    randomUUID: stray('randomUUID'),
  })
  syncBuiltinESMExports()
  Date.now = stray('Date.now')
  Math.random = stray('Math.random')
  Object.assign(globalThis, {
    setTimeout: stray('setTimeout'),
    setInterval: stray('setInterval'),
    fetch: stray('fetch'),
    setImmediate: (then: () => void) => time.after(0, then),
  })
  try {
    return await run(listen => listeners.push(listen))
  } finally {
    const { randomInt, randomBytes, randomUUID, now, chance, ...globals } = before
    Object.assign(crypto, { randomInt, randomBytes, randomUUID })
    syncBuiltinESMExports()
    Date.now = now
    Math.random = chance
    Object.assign(globalThis, globals)
    process.off('unhandledRejection', hear)
    for (const listener of others) process.on('unhandledRejection', listener)
  }
}
