import type { Inclusion, SignedRoot } from '#contracts/service/proof.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { KeptRoot } from '#storage/featureRepositories.ts'
import type { Feature } from '../ports.ts'
import { accountParts, iso } from '../wires.ts'
import { keepRoots } from './makeRoots.ts'
import { inclusionOf, rootSecret } from './rootTrees.ts'

const pageRows = 366

const rootWire = ({ at, ...root }: KeptRoot): SignedRoot => ({ ...root, at: iso(at) })

/** One signed hash a day over the whole book, and the proofs that a holder's accounts stand in it. */
export const rootFeature: Feature = {
  work: keepRoots,
  routes: {
    roots: ({ store }, _caller, { from }) =>
      store.read(async tx => {
        const newest = await tx.roots.newestDay()
        const roots = newest === undefined ? [] : await tx.roots.from(from ?? newest, pageRows)
        return ok({ roots: roots.map(rootWire), newest: newest ?? null })
      }),
    inclusions: ({ store }, { holder }, { day }) =>
      store.read(async tx => {
        const tree = await tx.roots.newest()
        const secret = await rootSecret(tx)
        if (tree?.root.day !== day || secret === undefined) return no('not_found')
        const owned = (await tx.ledger.accountsOf(holder.id)).filter(({ id }) => accountParts(id).kind === 'holder')
        const leaves = (from: number, until: number) => tx.roots.leaves(day, tree.build, from, until)
        const accounts: Inclusion[] = []
        for (const { id } of owned) {
          const found = await inclusionOf(secret, day, tree.parts, leaves, id)
          if (found) accounts.push({ ...found, path: [...found.path] })
        }
        return ok({ accounts })
      }),
  },
}
