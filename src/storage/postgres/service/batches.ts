import { Fault } from '#core/failure/faults.ts'
import { WorksThrew } from '../together.ts'

/** A work that may share a transaction with others: `by` is whose it is, and two of one person never meet. */
type Job<Work> = { readonly by: string; readonly work: Work; resolve(value: unknown): void; reject(error: unknown): void }

export type Batches<Work> = { write(by: string, work: Work): Promise<unknown> }

const largestBatch = 128
/** One transaction is decided here while the one before it is being committed there. */
const atOnce = 2
const mostWaiting = 1_000

/** Whether each of the works may stand where all of them together did not: others were in the way for too long, or a row of one of them broke a rule. */
const mayStandAlone = (error: unknown): boolean => !(error instanceof Fault) || error.code === 'service_busy'

/**
 * Micro-batches: what arrives while a transaction runs becomes the next one, without a timer. Each work keeps its own answer. One that throws is done
 * again by itself, and the others without it; where the transaction did not come to stand, each is done by itself.
 */
export function createBatches<Work>(write: (works: readonly Work[]) => Promise<readonly unknown[]>): Batches<Work> {
  const line: Job<Work>[] = []
  const busy = new Set<string>()
  let running = 0
  let isTurnDue = false

  const alone = async ({ work, resolve, reject }: Job<Work>): Promise<void> => {
    try {
      resolve((await write([work]))[0])
    } catch (error) {
      reject(error)
    }
  }
  /** One after another: they met, and would meet again. */
  const eachAlone = async (jobs: readonly Job<Work>[]): Promise<void> => {
    for (const job of jobs) await alone(job)
  }
  const together = async (jobs: readonly Job<Work>[]): Promise<void> => {
    const [only] = jobs
    if (!only) return
    if (jobs.length === 1) return alone(only)
    try {
      const values = await write(jobs.map(({ work }) => work))
      for (const [place, { resolve }] of jobs.entries()) resolve(values[place])
    } catch (error) {
      if (error instanceof WorksThrew) {
        await together(jobs.filter((_, place) => !error.places.has(place)))
        await eachAlone(jobs.filter((_, place) => error.places.has(place)))
      } else if (mayStandAlone(error)) await eachAlone(jobs)
      else for (const { reject } of jobs) reject(error)
    }
  }
  /** Those who lead the line, one of each person. */
  const take = (): readonly Job<Work>[] => {
    const taken: Job<Work>[] = []
    const left: Job<Work>[] = []
    for (const job of line.splice(0)) {
      if (taken.length >= largestBatch || busy.has(job.by)) left.push(job)
      else {
        busy.add(job.by)
        taken.push(job)
      }
    }
    line.push(...left)
    return taken
  }
  const next = (): void => {
    isTurnDue = false
    if (running >= atOnce) return
    const jobs = take()
    if (jobs.length === 0) return
    running += 1
    void together(jobs).finally(() => {
      running -= 1
      for (const { by } of jobs) busy.delete(by)
      next()
    })
  }
  return {
    write: (by, work) =>
      new Promise((resolve, reject) => {
        if (line.length >= mostWaiting) return reject(new Fault('service_busy', { cause: new Error('too many wait for a transaction') }))
        line.push({ by, work, resolve, reject })
        // A turn of the event loop: what reached the sockets together comes into the line together.
        if (!isTurnDue && running < atOnce) setImmediate(next)
        isTurnDue = true
      }),
  }
}
