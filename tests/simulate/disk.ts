import { Fault } from '#core/failure/faults.ts'
import type { Database } from '#storage/sqlite/database.ts'
import { Killed, type Process } from './process.ts'

/** What a statement that writes meets. `ends_transaction`: SQLite has rolled all of it back. `power_fails`: whoever writes ends here and now. */
export type Write = 'goes_well' | 'disk_full' | 'disk_full_ends_transaction' | 'power_fails' | 'power_fails_after'

/**
 * What is durable of one database, and how a process reaches it. It is SQLite in memory, under one outer savepoint for the run (so that the next run begins at the
 * same state) and one for what is durable: a commit releases its own savepoint, and then what is durable moves up to it. Whoever ends before that, or
 * in the middle, finds the state of the last commit that was synced, whole: a torn write is a commit that was not.
 */
export type Disk = {
  /** The database as this process reaches it: no more once the process has ended, and full where the plan says so. */
  open(by: Pick<Process, 'isAlive'>): Database
  /** The power fails: what is not durable is gone. */
  breakOff(): void
  /** For the auditor, at a moment at which nobody writes. */
  readonly durable: () => Database
  readonly isWriting: () => boolean
  /** Back to how the run began. */
  rewind(): void
}

export type DiskParts = {
  /** What happens to the next write. */
  readonly onWrite: () => Write
  /** Ends the processes that use this disk. */
  readonly onPowerFailure: () => void
  /** Whether a commit is synced before it is said to stand: always, but for a test that plants the opposite. */
  readonly isSynced?: () => boolean
}

const begins = /^\s*BEGIN/i
const commits = /^\s*COMMIT/i
const rollsBack = /^\s*ROLLBACK\s*$/i
const changes = /^\s*(INSERT|UPDATE|DELETE)/i

/** `base`: an open database that nobody else uses. */
export function createDisk(base: Database, { onWrite, onPowerFailure, isSynced = () => true }: DiskParts): Disk {
  const say = (sql: string): void => void base.prepare(sql).run()
  let inTransaction = false
  let hasChanges = false

  say('SAVEPOINT run')
  say('SAVEPOINT durable')

  const begin = (): void => {
    if (inTransaction) throw new Error('cannot start a transaction within a transaction')
    say('SAVEPOINT work')
    inTransaction = true
  }
  const rollBack = (): void => {
    if (!inTransaction) return
    say('ROLLBACK TO work')
    say('RELEASE work')
    inTransaction = false
  }
  const commit = (): void => {
    say('RELEASE work')
    inTransaction = false
    sync()
  }
  const sync = (): void => {
    if (!hasChanges || !isSynced()) return
    hasChanges = false
    say('RELEASE durable')
    say('SAVEPOINT durable')
  }
  const breakOff = (): void => {
    inTransaction = false
    say('ROLLBACK TO durable')
  }

  function meet(isCommit: boolean): void {
    const write = onWrite()
    if (write === 'goes_well') return
    if (write === 'disk_full_ends_transaction') rollBack()
    if (write !== 'power_fails' && write !== 'power_fails_after') throw new Fault('disk_full')
    // A commit on which the power fails stands or does not; nobody was told.
    if (write === 'power_fails_after' && isCommit) commit()
    onPowerFailure()
    throw new Killed()
  }

  function open({ isAlive }: Pick<Process, 'isAlive'>): Database {
    const known = new Map<string, ReturnType<Database['prepare']>>()
    const check = (): void => {
      if (!isAlive()) throw new Killed()
    }
    const transactionally = (sql: string): boolean => {
      const isCommit = commits.test(sql)
      if (!isCommit && !begins.test(sql) && !rollsBack.test(sql)) return false
      check()
      if (isCommit) meet(true)
      if (isCommit) commit()
      else if (begins.test(sql)) begin()
      else rollBack()
      return true
    }
    return {
      path: base.path,
      isOpen: isAlive,
      // Who has ended has nothing left to roll back.
      inTransaction: () => isAlive() && inTransaction,
      mark: () => base.mark(),
      prepare<Row>(sql: string, shape: { readonly bigints?: boolean; readonly arrays?: boolean } = {}) {
        const name = `${shape.bigints ? 'b' : ''}${shape.arrays ? 'a' : ''}${sql}`
        const found = known.get(name)
        if (found) return found as ReturnType<typeof base.prepare<Row>>
        const isOfTransaction = begins.test(sql) || commits.test(sql) || rollsBack.test(sql)
        const statement = isOfTransaction ? undefined : base.prepare<Row>(sql, shape)
        const changesRows = changes.test(sql)
        const ready = () => {
          check()
          if (!statement) throw new Error(`${sql} has no rows`)
          if (changesRows) meet(false)
          hasChanges ||= changesRows
          return statement
        }
        /** Outside of a transaction a statement that writes is one of its own. */
        const alone = <T>(work: () => T): T => {
          if (!changesRows || inTransaction) return work()
          const value = work()
          sync()
          return value
        }
        const gated: ReturnType<typeof base.prepare<Row>> = {
          run: (...values) => {
            if (transactionally(sql)) return { changes: 0, lastInsertRowid: 0 }
            return alone(() => ready().run(...values))
          },
          get: (...values) => alone(() => ready().get(...values)),
          all: (...values) => alone(() => ready().all(...values)),
          iterate: (...values) => ready().iterate(...values),
        }
        known.set(name, gated as ReturnType<Database['prepare']>)
        return gated
      },
      exec: sql => {
        check()
        if (transactionally(sql)) return
        hasChanges = true
        base.exec(sql)
      },
      transaction: work => {
        check()
        if (inTransaction) return work()
        begin()
        try {
          const value = work()
          check()
          meet(true)
          commit()
          return value
        } catch (error) {
          if (isAlive()) rollBack()
          throw error
        }
      },
      close: () => undefined,
    }
  }

  return {
    open,
    breakOff,
    durable: () => base,
    isWriting: () => inTransaction,
    rewind: () => {
      inTransaction = false
      say('ROLLBACK TO run')
      say('RELEASE run')
    },
  }
}
