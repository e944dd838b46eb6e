import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { readIfThere, writeDurably } from './durableFile.ts'

/** How many wrong passwords in a row cost no wait. */
const freeTries = 5
const waitsMs = [30_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000]

const triesFile = z.object({ wrong: z.number().int().min(0), lastAt: z.number().int() })
type Tries = z.infer<typeof triesFile>

const waitMs = (wrong: number): number => (wrong < freeTries ? 0 : (waitsMs[Math.min(wrong - freeTries, waitsMs.length - 1)] ?? 0))

export type TryCount = {
  /** Before this instant no password is looked at; null where one may be tried now. */
  waitUntil(now: number): Promise<number | null>
  /** Counts a try as wrong before it is looked at, so that ending the process in the middle of one gains nothing. Answers the tries left before a wait. */
  begin(now: number): Promise<number>
  /** The password was right. */
  forget(): Promise<void>
}

/**
 * Wrong app passwords in a row, kept in a file so that the waits outlive a restart. The file slows down a person at this computer; a thief of the
 * disk does not run it and is slowed down by Argon2id instead. A clock that was set back begins the wait anew.
 */
export function countTries(path: string): TryCount {
  async function load(): Promise<Tries> {
    const text = await readIfThere(path)
    if (text === undefined) return { wrong: 0, lastAt: 0 }
    try {
      return triesFile.parse(JSON.parse(text))
    } catch {
      return { wrong: freeTries, lastAt: 0 }
    }
  }
  const save = (tries: Tries): Promise<void> => writeDurably(path, JSON.stringify(tries))

  return {
    async waitUntil(now) {
      const tries = await load()
      if (tries.lastAt > now) {
        await save({ ...tries, lastAt: now })
        return waitMs(tries.wrong) > 0 ? now + waitMs(tries.wrong) : null
      }
      const until = tries.lastAt + waitMs(tries.wrong)
      return until > now ? until : null
    },
    async begin(now) {
      const { wrong } = await load()
      await save({ wrong: wrong + 1, lastAt: now })
      return Math.max(0, freeTries - wrong - 1)
    },
    async forget() {
      await rm(path, { force: true })
    },
  }
}
