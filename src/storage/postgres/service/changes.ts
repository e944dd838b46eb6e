import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '#core/failure/faults.ts'
import { tellCommit } from '../../commits.ts'
import type { Change } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import type { Database } from '../database.ts'
import { stripes } from './stripes.ts'

/** What one transaction changed. `by` is its own name, so that who wrote it knows it again. */
type News = { readonly by: string; readonly changes: readonly Change[] }
type Heads = ReadonlyMap<number, number>

/** How soon an instance hears of what another has committed. */
const everyMs = 60
/** After a failure (no database): not too soon again. */
const afterFailureMs = 500
/** News live from one to two of these: whoever was away for longer asks again by itself when its wait ends. */
const keptMs = 60_000

/**
 * Writes the news of a transaction at its end. A stripe's head gives their number and is locked until the commit, as in a feed: who reads a head
 * sees all news up to it. A stripe is used by one transaction of this instance at a time, so that their commits do not wait for each other.
 */
async function writeNews(tx: Transaction, stripe: number, news: News): Promise<void> {
  const written = await tx.run(
    `WITH head AS (UPDATE change_head SET last = last + 1 WHERE stripe = $1 RETURNING last)
     INSERT INTO change (stripe, n, json) SELECT $1, last, $2 FROM head`,
    ...[stripe, JSON.stringify(news)],
  )
  if (written !== 1) throw new Error('the head of the news is not there')
}

async function readHeads(tx: Transaction): Promise<Heads> {
  const rows = await tx.all<{ stripe: number; last: number }>('SELECT stripe, last FROM change_head ORDER BY stripe')
  return new Map(rows.map(({ stripe, last }) => [stripe, last]))
}

/** What was committed between two looks at the heads. */
async function newsBetween(tx: Transaction, before: Heads, after: Heads): Promise<readonly News[]> {
  const news: News[] = []
  for (const [stripe, last] of after) {
    const seen = before.get(stripe) ?? 0
    if (last <= seen) continue
    const rows = await tx.all<{ json: string }>(
      'SELECT json FROM change WHERE stripe = $1 AND n > $2 AND n <= $3 ORDER BY n',
      ...[stripe, seen, last],
    )
    news.push(...rows.map(({ json }): News => JSON.parse(json)))
  }
  return news
}

async function forgetNews(db: Database, upTo: Heads, before: Heads): Promise<void> {
  const old = [...upTo].filter(([stripe, last]) => last > (before.get(stripe) ?? 0))
  if (old.length === 0) return
  await db.write(async tx => {
    for (const [stripe, last] of old) await tx.run('DELETE FROM change WHERE stripe = $1 AND n <= $2', stripe, last)
  })
}

/** The stripes that no transaction of this instance writes to; two instances begin at different ones, by chance. */
function freeStripes() {
  const first = Math.floor(Math.random() * stripes)
  const free = Array.from({ length: stripes }, (_, n) => (first + stripes - 1 - n) % stripes)
  return {
    take: (): number => free.pop() ?? first,
    giveBack: (stripe: number) => {
      if (!free.includes(stripe)) free.push(stripe)
    },
  }
}

/** Tells this instance what was committed, by itself and by others. */
export type Exchange = {
  /** Runs works in one transaction; what they changed is told once it stands. Throws `WorksThrew` where some of several threw. */
  write<T>(works: readonly ((tx: Transaction, changes: Change[]) => Promise<T>)[]): Promise<readonly T[]>
  onChange(listener: (change: Change) => void): () => void
  close(): Promise<void>
}

/** Begins to hear of the commits of other instances. */
export async function openExchange(db: Database): Promise<Exchange> {
  const listeners = new Set<(change: Change) => void>()
  const free = freeStripes()
  /** The transactions of this instance: it tells what they changed by itself, and not again when it finds them among the news. */
  const own = new Set<string>()
  const ending = new AbortController()
  let heads = await db.read(readHeads)
  let older = heads
  let newer = heads

  const tell = (changes: readonly Change[]): void => {
    for (const change of changes) for (const listener of listeners) listener(change)
  }
  const listen = async (): Promise<void> => {
    const { now, news } = await db.read(async tx => {
      const now = await readHeads(tx)
      return { now, news: await newsBetween(tx, heads, now) }
    })
    heads = now
    for (const { by, changes } of news) if (!own.delete(by)) tell(changes)
  }
  const forget = async (): Promise<void> => {
    const gone = older
    older = newer
    newer = heads
    await forgetNews(db, older, gone)
  }
  const keepListening = async (): Promise<void> => {
    let forgetAt = Date.now() + keptMs
    while (!ending.signal.aborted) {
      let waitMs = everyMs
      try {
        await listen()
        if (Date.now() >= forgetAt) {
          forgetAt = Date.now() + keptMs
          await forget()
        }
      } catch {
        // Whoever asks the database for something hears of its fault; here it is only asked again.
        waitMs = afterFailureMs
      }
      await pause(waitMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  const listening = keepListening()

  return {
    write: async works => {
      const stripe = free.take()
      let news: News = { by: '', changes: [] }
      try {
        const values = await db.write(async tx => {
          own.delete(news.by)
          const changes: Change[] = []
          const done = await tx.together(works.map(work => (own: Transaction) => work(own, changes)))
          news = { by: changes.length > 0 ? randomUUID() : '', changes }
          if (changes.length === 0) return done
          own.add(news.by)
          await writeNews(tx, stripe, news)
          return done
        })
        tellCommit({ writes: works.length })
        tell(news.changes)
        return values
      } catch (error) {
        own.delete(news.by)
        // It may stand, and may have been found among the news already: who waits looks for itself.
        if (error instanceof Fault && error.code === 'service_timeout') tell(news.changes)
        throw error
      } finally {
        free.giveBack(stripe)
      }
    },
    onChange: listener => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close: async () => {
      ending.abort()
      await listening
    },
  }
}
