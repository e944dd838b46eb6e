import type { FeedPage } from '#contracts/service/feed.ts'
import { ok } from '#core/failure/outcome.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { Feature, ServicePorts } from '../ports.ts'
import { readEvent } from './append.ts'
import { signHeads } from './signHeads.ts'

const pageRows = 500

async function pageOf(tx: Tx, { identity, clock }: ServicePorts, holderId: string, after: number): Promise<FeedPage> {
  const records = await tx.feed.page(holderId, after, pageRows)
  // Parsed when they were written, and once more with the whole answer.
  const rows = await Promise.all(records.map(async ({ n, json }) => ({ n, event: await readEvent(tx, json) })))
  const last = await tx.feed.last(holderId)
  const isNewest = (rows.at(-1)?.n ?? after) === last
  return { rows, last, heads: isNewest ? await signHeads(tx, identity, holderId, last, clock()) : null }
}

/** `GET /v1/feed`: what happened to a holder after n, at once or as soon as something does. */
export const feedFeature: Feature = {
  routes: {
    feed: async (ports, { holder }, { after, waitMs }) => {
      const { store, waiters } = ports
      const read = () => store.read(tx => pageOf(tx, ports, holder.id, after))
      if (waitMs === 0) return ok(await read())
      // Watching begins before the look: what is committed between the two is not missed.
      const watch = waiters.watch(`feed:${holder.id}`)
      try {
        const page = await read()
        if (page.rows.length > 0 || page.last < after) return ok(page)
        await watch.next(waitMs)
        return ok(await read())
      } finally {
        watch.stop()
      }
    },
  },
}
