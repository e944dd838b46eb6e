import { setTimeout as pause } from 'node:timers/promises'
import { codeOf, isLost } from './faults.ts'

/** How often a transaction is begun again, by what ended it. */
const attempts = { contention: 12, doubled: 4, lost: 3 } as const

const firstWaitMs = 2
const longestWaitMs = 250

/**
 * Why the same work may simply be done again: others were in the way (serialization_failure, deadlock_detected); somebody wrote the same id
 * meanwhile (unique_violation), which the work finds when it looks again; or the connection was lost before the end was asked for.
 */
function reasonOf(error: unknown): keyof typeof attempts | undefined {
  const code = codeOf(error)
  if (code === '40001' || code === '40P01') return 'contention'
  if (code === '23505') return 'doubled'
  return isLost(error) ? 'lost' : undefined
}

/** The wait before the next attempt: doubled each time, and by chance, so that two who met do not meet again. */
const waitMs = (attempt: number): number => Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** attempt)

/** Does `work` again while what ended it lets it, so often and no more; then throws what ended it last. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const reason = reasonOf(error)
      if (reason === undefined || attempt >= attempts[reason]) throw error
      await pause(waitMs(attempt))
    }
  }
}
