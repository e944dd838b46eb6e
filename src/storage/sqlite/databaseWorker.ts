import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { StatementJob, StatementStep } from '#core/wallet/store.ts'
import type { Database } from './database.ts'
import { openDatabase } from './database.ts'
import { walletMigrations } from './migrations/wallet/index.ts'
import { toFailure, type WorkerCall, type WorkerSays, type WorkerStart } from './wallet/calls.ts'
import { backUpTo, checkIntegrity } from './wallet/maintenance.ts'
import { rekeyInPlace, removeHalf } from './wallet/rekey.ts'
import { prove, stretchOf } from './wallet/statement.ts'
import { writeStatementFile } from './wallet/statementFile.ts'
import { startThread } from './wallet/thread.ts'
import { createWalletBook } from './wallet/walletBook.ts'

const open = ({ path, key, mustExist }: Omit<WorkerStart, 'backUpTo'>): Database =>
  openDatabase({ path, key, migrations: walletMigrations, application: 'wallet', mustExist })

function verifyCopy(path: string, key: Uint8Array): void {
  const copy = open({ path, key, mustExist: true })
  try {
    checkIntegrity(copy)
  } finally {
    copy.close()
  }
}

/** Statements in the making, each in blocks between other calls. */
function statementWriter(db: Database) {
  const wanted = new Set<string>()
  const running = new Set<Promise<unknown>>()
  return {
    write: (job: StatementJob, onStep: (step: StatementStep) => void) => {
      wanted.add(job.id)
      const work = writeStatementFile(db, job, { isStopped: () => !wanted.has(job.id), onStep }).finally(() => {
        wanted.delete(job.id)
        running.delete(work)
      })
      running.add(work)
      return work
    },
    stop: (id: string): void => {
      wanted.delete(id)
    },
    stopAll: async (): Promise<void> => {
      wanted.clear()
      await Promise.allSettled(running)
    },
    /** Those in the making come to their end. */
    ended: () => Promise.allSettled(running),
  }
}

/** The methods of `WalletStore`, on the thread that owns the connection. */
function methodsOf(db: Database, start: WorkerStart, say: (message: WorkerSays) => void) {
  const statements = statementWriter(db)
  const copies = new Set<Promise<void>>()
  const copyInOwnThread = (path: string): Promise<void> => {
    const copy = copyBeside(path).finally(() => copies.delete(copy))
    copies.add(copy)
    return copy
  }
  const copyBeside = async (path: string): Promise<void> => {
    const thread = await startThread(
      new URL(import.meta.url),
      { ...start, mustExist: true, backUpTo: path },
      () => undefined,
      () => undefined,
    )
    // It ends by itself when the copy is made: to break a thread off while its native parts are put away can end the whole process.
    await once(thread, 'exit')
  }
  const close = async (): Promise<void> => {
    await statements.stopAll()
    db.close()
    start.key.fill(0)
  }
  return {
    ...createWalletBook(db),
    proveStatement: (job: Pick<StatementJob, 'from' | 'until' | 'currencies'>) => prove(db, stretchOf(db, job), job.currencies),
    writeStatement: (job: StatementJob, id: number) => statements.write(job, step => say({ type: 'step', id, step })),
    stopStatement: statements.stop,
    backUp: copyInOwnThread,
    close,
    /** Resolves in a moment in which nothing but this thread has the file open. */
    async alone(): Promise<void> {
      await statements.ended()
      while (copies.size > 0) await Promise.allSettled(copies)
    },
  }
}

/** Answers each call in the order in which it came; only long works (statements, copies) let others pass. */
function serve(port: MessagePort, start: WorkerStart): void {
  const say = (message: WorkerSays): void => port.postMessage(message)
  removeHalf(start.path)
  let under = start
  let db = open(under)
  let methods = methodsOf(db, under, say)

  /** Nothing is written between the copy and its taking the file's place: this thread does both in one breath. */
  async function rekey(next: Uint8Array, id: number): Promise<void> {
    await methods.alone()
    const { path, key } = under
    try {
      rekeyInPlace(db, { path, key, next, verify: copy => verifyCopy(copy, next), tell: step => say({ type: 'step', id, step }) })
      key.fill(0)
      under = { ...start, key: next, mustExist: true }
    } finally {
      if (!db.isOpen()) {
        db = open(under)
        methods = methodsOf(db, under, say)
      }
    }
  }

  port.on('message', ({ id, method, args }: WorkerCall) => {
    const call = { ...methods, rekey }[method] as (...values: readonly unknown[]) => unknown
    const answer = async () => call(...args, id)
    void answer()
      .then(
        value => say({ type: 'answer', id, value }),
        error => say({ type: 'failed', id, failure: toFailure(error) }),
      )
      .then(() => {
        if (method === 'close') port.close()
      })
  })
  say({ type: 'ready' })
}

function makeCopy(port: MessagePort, start: WorkerStart, path: string): void {
  const db = open(start)
  try {
    backUpTo(db, path, copy => verifyCopy(copy, start.key))
  } finally {
    db.close()
    start.key.fill(0)
  }
  port.postMessage({ type: 'ready' } satisfies WorkerSays)
}

function main(port: MessagePort, start: WorkerStart): void {
  try {
    if (start.backUpTo === null) serve(port, start)
    else makeCopy(port, start, start.backUpTo)
  } catch (error) {
    port.postMessage({ type: 'refused', failure: toFailure(error) } satisfies WorkerSays)
    port.close()
  }
}

if (parentPort) main(parentPort, workerData)
