import { z } from 'zod'
import { type Inclusion, rootFingerprint, type SignedRoot, signedRoot } from '#contracts/service/proof.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { accountId, parseAccountId } from '#core/ledger/accountId.ts'
import { chainStart } from '#core/ledger/chain.ts'
import type { Instant } from '#core/ledger/command.ts'
import { endOf, rootHash, rootText } from '#core/root/day.ts'
import { leafOf, topBy } from '#core/root/tree.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { digest } from '#storage/digest.ts'
import { isSigned } from './serviceKeys.ts'

/** What the service tells of its daily roots: those from the one that this wallet knows, and the proofs of the newest. */
export type ToldRoots = { readonly roots: readonly SignedRoot[]; readonly accounts: readonly Inclusion[] }

/** The newest root that was checked. */
export const checkedRoot = z.object({ root: signedRoot, hash: z.string(), checkedAt: z.string() })
export type CheckedRoot = z.infer<typeof checkedRoot>

/** Clocks of instances may differ so much. */
const toleranceMs = 5 * 60_000

const parsed = ({ at, ...root }: SignedRoot) => ({ ...root, at: Date.parse(at) })
const hashOf = (serviceId: string, root: SignedRoot): string => rootHash(digest, serviceId, parsed(root))
export const textOf = (serviceId: string, root: SignedRoot): string => rootText(serviceId, parsed(root))

/** What people compare of a root. */
export const fingerprintOf = (hash: string): string => rootFingerprint(Buffer.from(hash, 'base64url'))

/** Each root links to the one before it and is of a later day; the known one is told as it was. */
function checkLinks(serviceId: string, known: CheckedRoot | undefined, [first, ...others]: readonly SignedRoot[]): void {
  if (known && (!first || hashOf(serviceId, first) !== known.hash))
    throw new ProviderMismatch('root_changed', { day: known.root.day, there: first ? hashOf(serviceId, first) : '', here: known.hash })
  let last = first
  for (const root of others) {
    if (!last || root.before !== hashOf(serviceId, last) || root.day <= last.day)
      throw new ProviderMismatch('root_unlinked', { day: root.day })
    last = root
  }
}

type Book = Pick<WalletStore, 'heads' | 'linkAt' | 'versionAt'>

/** One proof: it leads to the root, and says what this book says. Answers its currency. */
async function checkInclusion(store: Book, holderId: string, root: SignedRoot, told: Inclusion) {
  const { account, version, chain, salt, path } = told
  const name = parseAccountId(account)
  if (name?.kind !== 'holder' || name.owner !== holderId) throw new ProviderMismatch('proof_wrong', { account, day: root.day })
  const { currency } = name
  if (topBy(digest, account, leafOf(digest, salt, { account, version, chain }), path) !== root.tree)
    throw new ProviderMismatch('proof_wrong', { account, currency, day: root.day })
  const link = version === 0 ? chainStart(digest, account as AccountId) : await store.linkAt(currency, version)
  if (link !== chain) throw new ProviderMismatch('root_wrong', { account, currency, day: root.day, version: String(version) })
  return { currency, version }
}

/** The proofs name every account that had moved before the day was over, and none of them stops before that. */
async function checkInclusions(store: Book, holderId: string, root: SignedRoot, accounts: readonly Inclusion[]): Promise<void> {
  const told = new Map<string, number>()
  for (const account of accounts) {
    const { currency, version } = await checkInclusion(store, holderId, root, account)
    told.set(currency, version)
  }
  for (const { currency } of await store.heads()) {
    const here = await store.versionAt(currency, endOf(root.day) - toleranceMs)
    const there = told.get(currency)
    const detail = { account: accountId({ kind: 'holder', owner: holderId, currency }), currency, day: root.day, here: String(here) }
    if (there === undefined && here > 0) throw new ProviderMismatch('root_missing', detail)
    if (there !== undefined && there < here) throw new ProviderMismatch('root_old', { ...detail, there: String(there) })
  }
}

type RootCheck = {
  readonly store: Book
  readonly serviceId: string
  readonly holderId: string
  readonly keyOf: (keyId: string) => Promise<string>
  readonly known: CheckedRoot | undefined
  readonly checkedAt: string
  /** When the service signed the heads that this book agrees with. */
  readonly headsAt: Instant
}

/**
 * The daily roots, by the rules of `docs/ledger-root.md`. The book must have been read to its newest row after they were told. Undefined where there is none
 * yet, or none that can be judged. Throws `ProviderMismatch`.
 */
export async function checkRoots(
  { store, serviceId, holderId, keyOf, known, checkedAt, headsAt }: RootCheck,
  { roots, accounts }: ToldRoots,
): Promise<CheckedRoot | undefined> {
  checkLinks(serviceId, known, roots)
  const newest = roots.at(-1)
  if (!newest) return undefined
  if (known?.root.day === newest.day) return known
  const { day, keyId, signature } = newest
  const at = Date.parse(newest.at)
  if (at < endOf(day)) throw new ProviderMismatch('root_early', { day })
  // Made by a clock that was put back since: a slip and no lie. It is not taken before its time has come.
  if (at > headsAt + toleranceMs) return known
  if (!isSigned(await keyOf(keyId), textOf(serviceId, newest), signature)) throw new ProviderMismatch('signature_wrong', { keyId, day })
  await checkInclusions(store, holderId, newest, accounts)
  return { root: newest, hash: hashOf(serviceId, newest), checkedAt }
}
