import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { hashRaw } from '@node-rs/argon2'
import type { PasswordCost } from '../ports.ts'

const memoryKiB = 64 * 1024
const fewestPasses = 3
const mostPasses = 20
/** One unlock should take about this long: long for a thief who guesses, short for a person who types. */
const aimMs = 350

/** Argon2id (RFC 9106), 32 bytes. The work runs on another thread. */
export const passwordKey = (password: string, salt: Uint8Array, cost: PasswordCost): Promise<Buffer> =>
  hashRaw(Buffer.from(password.normalize('NFKC'), 'utf8'), {
    memoryCost: cost.memoryKiB,
    timeCost: cost.passes,
    parallelism: cost.lanes,
    outputLen: 32,
    salt,
  })

/** Measures this machine and answers the cost at which one guess takes 250 to 500 ms; never below 64 MiB and three passes. */
export async function calibrateCost(): Promise<PasswordCost> {
  const least: PasswordCost = { memoryKiB, passes: fewestPasses, lanes: 1 }
  const begunAt = performance.now()
  await passwordKey('calibration', randomBytes(16), least)
  const onePassMs = (performance.now() - begunAt) / fewestPasses
  return { ...least, passes: Math.min(mostPasses, Math.max(fewestPasses, Math.round(aimMs / onePassMs))) }
}
