import { z } from 'zod'
import type { SignedHeads } from '#contracts/service/feed.ts'
import type { FeedCompaction } from '#storage/serviceStore.ts'
import type { ServicePorts, Work } from '../ports.ts'
import { inRounds } from '../rounds.ts'
import { type FoldedHeads, fold, readRows, subjectsOf } from './fold.ts'

type CompactionPorts = Pick<ServicePorts, 'store' | 'clock' | 'config'>

const keptHeads = z.record(z.string(), z.strictObject({ version: z.number(), chain: z.string() }))
const rowsAtOnce = 500
const holdersAtOnce = 100
const dayMs = 86_400_000

const headsOf = (compaction: FeedCompaction | undefined): FoldedHeads =>
  compaction === undefined ? {} : keptHeads.parse(JSON.parse(compaction.heads))

/** The accounts of compacted rows as heads name them. */
export const accountsOf = (compaction: FeedCompaction): SignedHeads['accounts'] =>
  Object.entries(headsOf(compaction))
    .map(([account, { version, chain }]) => ({ account, version, chain }))
    .sort((a, b) => (a.account < b.account ? -1 : 1))

/** Compacts the next rows of one feed that are old enough, in one transaction. Answers how many it looked at. */
function compactSome({ store, clock, config }: CompactionPorts, holderId: string): Promise<number> {
  const before = clock() - config.feedKeptDays * dayMs
  return store.write(async tx => {
    const compaction = await tx.feed.compaction(holderId)
    const start = compaction?.n ?? 0
    const end = (await tx.feed.last(holderId)) - config.feedKeptRows
    const records = await tx.feed.dated(holderId, start, rowsAtOnce)
    const young = records.findIndex(({ n, at }) => n > end || at >= before)
    const rows = readRows(young === -1 ? records : records.slice(0, young))
    const last = rows.at(-1)
    if (!last) return 0
    const { removed, standing, heads } = fold(
      holderId,
      { standing: await tx.feed.standing(holderId, subjectsOf(rows)), heads: headsOf(compaction) },
      rows,
    )
    await tx.feed.compact(holderId, start, { n: last.n, heads: JSON.stringify(heads), removed, standing })
    return rows.length
  })
}

/** Compacts what is old enough of every feed, a few hundred rows a transaction: `docs/adr/0016-snapshot.md`. */
export async function compactFeeds(ports: CompactionPorts): Promise<void> {
  const { store, config } = ports
  if (config.feedKeptDays === 0) return
  for (let after = ''; ; ) {
    const holders = await store.read(tx => tx.feed.compactable(after, config.feedKeptRows, holdersAtOnce))
    for (const holderId of holders) while ((await compactSome(ports, holderId)) === rowsAtOnce);
    const last = holders.at(-1)
    if (last === undefined) return
    after = last
  }
}

const everyMs = 60 * 60_000
const firstAfterMs = 10 * 60_000

/** Every hour. */
export const keepCompacting = (ports: CompactionPorts & Pick<ServicePorts, 'after' | 'log'>): Work =>
  inRounds(ports, { event: 'feed_compaction', everyMs, firstAfterMs }, () => compactFeeds(ports))
