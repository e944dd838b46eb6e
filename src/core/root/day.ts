import type { Digest } from '../ledger/chain.ts'
import type { Instant } from '../ledger/command.ts'

const dayMs = 86_400_000

/** The day in UTC in which an instant lies: 2026-11-22. */
export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10)

/** The first instant after a day. */
export const endOf = (day: string): Instant => Date.parse(`${day}T00:00:00.000Z`) + dayMs

export const dayAfter = (day: string): string => dayOf(endOf(day))

/** What a root says: the top of the tree of its day, and the hash of the root before it, null where it is the first one. */
export type RootOfDay = { readonly day: string; readonly tree: string; readonly before: string | null; readonly at: Instant }

/** What is signed of a root, and what its hash is made of: `docs/ledger-root.md`. */
export const rootText = (serviceId: string, { day, tree, before, at }: RootOfDay): string =>
  JSON.stringify(['okpay.root.1', serviceId, day, tree, before, at])

export const rootHash = (digest: Digest, serviceId: string, root: RootOfDay): string => digest(rootText(serviceId, root))
