import type { AccountId } from '#core/ledger/account.ts'
import { chainStart } from '#core/ledger/chain.ts'
import { dayAfter, dayOf, endOf, rootHash, rootText } from '#core/root/day.ts'
import { digest } from '#storage/digest.ts'
import type { KeptRoot } from '#storage/featureRepositories.ts'
import type { ServicePorts, Work } from '../ports.ts'
import { inRounds } from '../rounds.ts'
import { keepRootSecret, partBits, partsOf, slotOf, treeTop } from './rootTrees.ts'

export type RootPorts = Pick<ServicePorts, 'store' | 'clock' | 'ids' | 'random' | 'identity'>

/** What was begun before midnight has ended by then. */
const settleMs = 60_000
/** Days that were missed for longer have no root: the gap between two days tells it. */
const mostDaysAtOnce = 366
const pageRows = 500
const dayMs = 86_400_000

/** Keeps where every account stood at the end of the day, page by page: no transaction is long. Answers how many there were. */
async function keepLeaves({ store }: RootPorts, day: string, build: string): Promise<number> {
  let after = 0
  let count = 0
  for (;;) {
    const heads = await store.write(async tx => {
      const page = await tx.roots.headsAt(endOf(day), after, pageRows)
      const leaves = page.map(({ account, version, chain }) => ({
        slot: slotOf(account),
        account,
        version,
        chain: version > 0 ? chain : chainStart(digest, account as AccountId),
      }))
      await tx.roots.keepLeaves(day, build, leaves)
      return page
    })
    const last = heads.at(-1)
    if (!last) return count
    after = last.n
    count += heads.length
  }
}

/** Makes the root of a day and links it to the one before. Where another instance was first, nothing of this one counts. */
async function makeRoot(ports: RootPorts, day: string): Promise<void> {
  const { store, identity } = ports
  const build = ports.ids()
  const secret = await store.write(tx => keepRootSecret(tx, ports.random))
  const count = await keepLeaves(ports, day, build)
  const parts = await partsOf(secret, day, partBits(count), (from, until) => store.read(tx => tx.roots.leaves(day, build, from, until)))
  await store.write(async tx => {
    const before = await tx.roots.newest()
    const last = before ? rootHash(digest, identity.serviceId, before.root) : null
    const root = { day, tree: treeTop(parts), before: last, at: ports.clock() }
    const { keyId, sign } = await identity.signing(tx)
    await tx.roots.add({ root: { ...root, keyId, signature: sign(rootText(identity.serviceId, root)) }, build, parts })
  })
}

async function forgetOldLeaves({ store }: RootPorts): Promise<void> {
  const newest = await store.read(tx => tx.roots.newest())
  if (!newest) return
  const { build, root } = newest
  while ((await store.write(tx => tx.roots.forgetLeaves({ day: root.day, build }, pageRows))) > 0);
}

/** Makes the roots of all days that are over and have none, oldest first. Answers the newest day that has one. */
export async function makeRoots(ports: RootPorts): Promise<string> {
  const due = dayOf(ports.clock() - settleMs - dayMs)
  const newest = await ports.store.read(tx => tx.roots.newestDay())
  if (newest !== undefined && newest >= due) return newest
  const longAgo = dayOf(endOf(due) - mostDaysAtOnce * dayMs)
  const first = newest === undefined ? due : dayAfter(newest)
  for (let day = first < longAgo ? longAgo : first; day <= due; day = dayAfter(day)) await makeRoot(ports, day)
  await forgetOldLeaves(ports)
  return due
}

/** The newest root once more, by the key that signs now: wallets accept no other. In the transaction in which the key is changed. */
export const signedAnew = (
  root: KeptRoot,
  serviceId: string,
  { keyId, sign }: { keyId: string; sign(text: string): string },
): KeptRoot => ({
  ...root,
  keyId,
  signature: sign(rootText(serviceId, root)),
})

const everyMs = 30_000

/** Looks every half minute whether a day is over. */
export function keepRoots(ports: RootPorts & Pick<ServicePorts, 'after' | 'log'>): Work {
  let newest = ''
  return inRounds(ports, { event: 'daily_root', everyMs }, async () => {
    if (newest >= dayOf(ports.clock() - settleMs - dayMs)) return
    newest = await makeRoots(ports)
  })
}
