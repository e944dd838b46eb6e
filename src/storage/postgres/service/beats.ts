import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '#core/ledger/command.ts'
import { type Database, openDatabase } from '../database.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'

const everyMs = 2_000
/** An instance that is busy, or whose database is, may be late. */
const watchedMs = 3 * everyMs
/** A row that an instance left behind when it was killed. */
const forgottenMs = 86_400_000

/** Says every two seconds that an instance runs on this database, also while it has nothing to do. */
export async function keepBeating(db: Database, clock: () => Instant): Promise<{ stop(): Promise<void> }> {
  const id = randomUUID()
  const ending = new AbortController()
  // Whoever asks the database for something hears of its fault; here it is only tried again.
  const beat = (): Promise<unknown> =>
    db
      .write(async tx => {
        const now = clock()
        await tx.run(
          'INSERT INTO instance (id, seen_at) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at',
          ...[id, now],
        )
        await tx.run('DELETE FROM instance WHERE seen_at < $1', now - forgottenMs)
      })
      .catch(() => undefined)
  const beating = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => undefined)
      if (!ending.signal.aborted) await beat()
    }
  }
  await beat()
  const running = beating()
  return {
    stop: async () => {
      ending.abort()
      await running
      await db.write(tx => tx.run('DELETE FROM instance WHERE id = $1', id)).catch(() => undefined)
    },
  }
}

/**
 * Whether an instance runs on this database, busy or not: one that does is heard anew while it is watched, whatever its clock says; a row of one that was
 * killed stays as it is. At once where there is none. Faults: as `openDatabase`; throws `OlderSchema`.
 */
export async function isAnyRunning(url: string): Promise<boolean> {
  const db = await openDatabase({ url, migrations: [...ledgerMigrations, ...serviceMigrations], access: 'read', connections: 1 })
  const heard = () => db.read(tx => tx.all<{ id: string; seenAt: number }>('SELECT id, seen_at AS "seenAt" FROM instance'))
  try {
    const before = new Map((await heard()).map(({ id, seenAt }) => [id, seenAt]))
    for (let waitedMs = 0; before.size > 0 && waitedMs < watchedMs; waitedMs += everyMs / 4) {
      await pause(everyMs / 4)
      if ((await heard()).some(({ id, seenAt }) => before.get(id) !== seenAt)) return true
    }
    return false
  } finally {
    await db.close()
  }
}
