import { tellCommit } from '../commits.ts'
import type { Database } from './database.ts'

/**
 * The only way to a database that several asynchronous works share: one connection has one transaction at a time.
 * `write` resolves when the work is on disk; whatever it throws is undone. `read` sees one state from its first to its last statement.
 * Outside of both nothing may touch the database: it would join another's transaction.
 */
export type SerialWriter = {
  write<T>(work: (db: Database) => T | Promise<T>): Promise<T>
  read<T>(work: (db: Database) => T | Promise<T>): Promise<T>
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>
}

/** `settle` is told once the batch that the job was in is on disk, or gone. */
type Job = { run(): Promise<void>; done(): void; fail(error: unknown): void }

/** How many waiting writes may share one commit. */
const largestBatch = 128

function jobOf<T>(
  db: Database,
  work: (db: Database) => T | Promise<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Job {
  let settle = (): void => undefined
  return {
    run: async () => {
      const value = await work(db)
      settle = () => resolve(value)
    },
    done: () => settle(),
    fail: reject,
  }
}

/** Prepared once: each command of a batch says two of these. */
const say = (db: Database, sql: string) => db.prepare(sql).run()

const rollBack = (db: Database): void => {
  if (db.inTransaction()) db.exec('ROLLBACK')
}

async function runAlone(db: Database, job: Job): Promise<void> {
  try {
    say(db, 'BEGIN IMMEDIATE')
    await job.run()
    say(db, 'COMMIT')
    tellCommit({ writes: 1 })
    job.done()
  } catch (error) {
    rollBack(db)
    job.fail(error)
  }
}

/** Reads that waited look at one state, one after another. */
async function runReads(db: Database, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) {
    try {
      if (!db.inTransaction()) say(db, 'BEGIN')
      await job.run()
      job.done()
    } catch (error) {
      job.fail(error)
    }
  }
  rollBack(db)
}

/** One job inside a batch: its own failure undoes it alone. Throws where SQLite ended the whole transaction (a full disk). */
async function runInSavepoint(db: Database, job: Job): Promise<Job | undefined> {
  say(db, 'SAVEPOINT job')
  try {
    await job.run()
    say(db, 'RELEASE job')
    return job
  } catch (error) {
    if (!db.inTransaction()) throw error
    say(db, 'ROLLBACK TO job')
    say(db, 'RELEASE job')
    job.fail(error)
    return undefined
  }
}

/** What waited while the last commit ran shares the next one: each still resolves only when it is on disk. */
async function runBatch(db: Database, jobs: readonly Job[]): Promise<void> {
  const open = new Set(jobs)
  try {
    say(db, 'BEGIN IMMEDIATE')
    for (const job of jobs) if (!(await runInSavepoint(db, job))) open.delete(job)
    say(db, 'COMMIT')
    tellCommit({ writes: open.size })
    for (const job of open) job.done()
  } catch (error) {
    rollBack(db)
    for (const job of open) job.fail(error)
  }
}

/** One turn of the event loop, so that what reached the sockets while the last commit ran comes into the line and shares the next one. */
const turn = () => new Promise<void>(resolve => setImmediate(resolve))

async function runWrites(db: Database, jobs: readonly Job[]): Promise<void> {
  const [only] = jobs
  if (jobs.length === 1 && only) await runAlone(db, only)
  else await runBatch(db, jobs)
}

/**
 * Puts works on `db` in one line. Waiting writes are committed together (group commit), in the order in which they came. Waiting reads come after them,
 * together: each sees what was written before it was asked, and none parts a commit of writes.
 */
export function createSerialWriter(db: Database): SerialWriter {
  const reads: Job[] = []
  const writes: Job[] = []
  let running: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    while (reads.length + writes.length > 0) {
      if (writes.length > 0) await turn()
      const looking = reads.splice(0)
      for (let left = writes.length; left > 0; left -= largestBatch) await runWrites(db, writes.splice(0, Math.min(left, largestBatch)))
      if (looking.length > 0) await runReads(db, looking)
    }
    running = undefined
  }
  const enter = <T>(line: Job[], work: (db: Database) => T | Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      line.push(jobOf(db, work, resolve, reject))
      running ??= Promise.resolve().then(drain)
    })
  return {
    write: work => enter(writes, work),
    read: work => enter(reads, work),
    idle: async () => {
      while (running) await running
    },
  }
}
