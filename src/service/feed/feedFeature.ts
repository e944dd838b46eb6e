import type { FeedPage, SnapshotPage } from '#contracts/service/feed.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { Feature, ServicePorts } from '../ports.ts'
import { readEvents } from './append.ts'
import { accountsOf, keepCompacting } from './compaction.ts'
import { signAccounts, signHeads } from './signHeads.ts'

const pageRows = 500

async function pageOf(tx: Tx, { identity, clock }: ServicePorts, holderId: string, after: number): Promise<Outcome<FeedPage>> {
  const rows = await readEvents(tx, await tx.feed.page(holderId, after, pageRows))
  const last = await tx.feed.last(holderId)
  const isWhole = rows.length > 0 ? rows.every(({ n }, index) => n === after + index + 1) : last <= after
  if (!isWhole) return no('feed_compacted', { upTo: String((await tx.feed.compaction(holderId))?.n ?? 0) })
  const isNewest = (rows.at(-1)?.n ?? after) === last
  return ok({ rows, last, heads: isNewest ? await signHeads(tx, { identity, holderId, position: last, at: clock() }) : null })
}

async function snapshotOf(tx: Tx, { identity, clock }: ServicePorts, holderId: string, after: number): Promise<SnapshotPage> {
  const last = await tx.feed.last(holderId)
  const compaction = await tx.feed.compaction(holderId)
  if (!compaction) return { rows: [], upTo: 0, last, heads: null }
  const { n: upTo } = compaction
  const rows = await readEvents(
    tx,
    (await tx.feed.page(holderId, after, pageRows)).filter(({ n }) => n <= upTo),
  )
  const isWhole = rows.at(-1)?.n === upTo
  const signing = { identity, holderId, position: upTo, at: clock() }
  return { rows, upTo, last, heads: isWhole ? await signAccounts(tx, signing, accountsOf(compaction)) : null }
}

/** Who was signed out while they waited hears nothing more. */
const isRevoked = ({ store }: ServicePorts, deviceId: string): Promise<boolean> =>
  store.read(async tx => ((await tx.devices.find(deviceId))?.revokedAt ?? null) !== null)

/** `GET /v1/feed`: what happened to a holder after n, at once or as soon as something does. `GET /v1/snapshot`: what is left of it where it is compacted. */
export const feedFeature: Feature = {
  work: keepCompacting,
  routes: {
    feed: async (ports, { holder, deviceId }, { after, waitMs }) => {
      const { store, waiters } = ports
      const read = () => store.read(tx => pageOf(tx, ports, holder.id, after))
      if (waitMs === 0) return read()
      // Watching begins before the look: what is committed between the two is not missed.
      const watch = waiters.watch(`feed:${holder.id}`, `device:${deviceId}`)
      try {
        const page = await read()
        if (!page.ok || page.value.rows.length > 0 || page.value.last < after) return page
        await watch.next(waitMs)
        return (await isRevoked(ports, deviceId)) ? no('device_revoked') : read()
      } finally {
        watch.stop()
      }
    },
    snapshot: (ports, { holder }, { after }) => ports.store.read(async tx => ok(await snapshotOf(tx, ports, holder.id, after))),
  },
}
