import { join } from 'node:path'
import type { FeedChange } from '#core/wallet/store.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import type { BenchRow } from '../row.ts'
import { movementMaker } from '../wallet.ts'

/** Of two events that a payment makes, one brings its posting and balance, the other its movement and its document. */
function eventsOf(next: () => FeedChange[], movements: number): FeedChange[] {
  return Array.from({ length: movements }, next).flatMap(changes => [
    ...changes,
    ...changes.flatMap((change): FeedChange[] =>
      change.type === 'movement'
        ? [
            {
              type: 'document',
              kind: 'payment',
              id: change.movement.id,
              json: JSON.stringify({ title: change.movement.title.repeat(40) }),
              at: change.movement.at,
            },
          ]
        : [],
    ),
  ])
}

const catchUp: BenchRow = {
  name: 'catch-up of 100,000 feed events',
  seconds: 8,
  needsWallet: false,
  measure: async ({ folder }) => {
    const store = await openWalletStore({ path: join(folder, 'catch-up.db'), key: new Uint8Array(32).fill(4) })
    const next = movementMaker(0, 1000)
    const pages = Array.from({ length: 200 }, (_, n) => ({ after: n * 500, until: n * 500 + 500, changes: eventsOf(next, 250) }))
    const start = performance.now()
    for (const page of pages) await store.applyFeed(page)
    const value = (performance.now() - start) / 1000
    await store.close()
    return {
      value,
      unit: 's',
      reference: null,
      ratio: null,
      goal: '< 5 s',
      ok: value < 5,
      note: 'measured against the clock: no peer does this work',
    }
  },
}

export const rows: readonly BenchRow[] = [catchUp]
