import { createPublicKey, verify } from 'node:crypto'
import type { AccountId } from '#core/ledger/account.ts'
import { chainStart } from '#core/ledger/chain.ts'
import { endOf, rootHash, rootText } from '#core/root/day.ts'
import type { BookReader } from '#storage/bookReader.ts'
import { digest } from '#storage/digest.ts'
import type { RootTree } from '#storage/featureRepositories.ts'
import { keyIdOf, keysIn } from '../identity.ts'
import { partsOf, secretIn, slotOf, treeTop } from './rootTrees.ts'

/** How many roots were found sound, and the first bad one in words. */
export type CheckedRoots = { readonly roots: number; readonly wrong: string | null }

type Signer = { readonly serviceId: string; readonly newest: string; readonly keys: ReadonlyMap<string, string> }

const pageRoots = 100
const pageAccounts = 500
/** Clocks of instances may differ by so much (docs/ledger-root.md). */
const slackMs = 300_000

function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

async function signerOf({ setting }: BookReader): Promise<Signer> {
  const keys = (await keysIn(setting)).map(({ publicKey }) => publicKey)
  const [first = ''] = keys
  return { serviceId: keyIdOf(first), newest: keyIdOf(keys.at(-1) ?? first), keys: new Map(keys.map(key => [keyIdOf(key), key])) }
}

/** What of a root is wrong by itself and beside the one before it. */
function wrongIn({ root, parts }: RootTree, before: RootTree | undefined, { serviceId, keys }: Signer): string | undefined {
  if (root.before !== (before ? rootHash(digest, serviceId, before.root) : null)) return 'does not follow the one before it'
  if (root.at < endOf(root.day)) return 'was made before its day was over'
  if (!Number.isInteger(Math.log2(parts.length)) || treeTop(parts) !== root.tree) return 'is not the top of its tree'
  const key = keys.get(root.keyId)
  if (key === undefined) return 'is signed by a key that is none of the service'
  return isSigned(key, rootText(serviceId, root), root.signature) ? undefined : 'has a wrong signature'
}

/** The newest tree has its leaves still: it is built again of them, and each is compared with the book. */
async function wrongInNewest({ root, build, parts }: RootTree, book: BookReader, { newest }: Signer): Promise<string | undefined> {
  if (root.keyId !== newest) return 'is not signed by the newest key'
  const secret = await secretIn(book.setting)
  if (secret === undefined) return 'cannot be built again: the secret of the trees is lost'
  let leaves = 0
  const again = await partsOf(secret, root.day, Math.log2(parts.length), async (from, until) => {
    const found = await book.roots.leaves(root.day, build, from, until)
    leaves += found.length
    return found
  })
  if (again.some((part, number) => part !== parts[number])) return 'is not made of its leaves'
  const end = endOf(root.day)
  for (let after = 0; ; ) {
    const heads = await book.roots.headsAt(end, after, pageAccounts)
    const least = await book.roots.headsAt(end - slackMs, after, pageAccounts)
    const last = heads.at(-1)
    if (!last) return leaves === 0 ? undefined : 'has a leaf of an account that is not in the book'
    for (const [index, { account, version, chain }] of heads.entries()) {
      const slot = slotOf(account)
      const own = (await book.roots.leaves(root.day, build, slot, slot + 1)).find(leaf => leaf.account === account)
      const leastVersion = least[index]?.version ?? 0
      // An account that was opened since the tree was made has no leaf, and no leg before the day's end.
      if (!own && leastVersion === 0) continue
      if (!own || own.version < leastVersion || own.version > version) return `does not hold ${account} as it stood`
      const link = own.version === version ? chain : await book.roots.linkAt(account, own.version)
      if (own.chain !== (own.version === 0 ? chainStart(digest, account as AccountId) : link)) return `does not hold ${account} as it stood`
      leaves -= 1
    }
    after = last.n
  }
}

/**
 * Checks all daily roots, the oldest first (docs/ledger-root.md): each follows the one before it, is the top of its tree and signed by a key of the service;
 * the newest is built again of its leaves, which say of every account what the book says. Leaves of older ones are not kept: their hashes bind them.
 */
export async function checkRoots(book: BookReader): Promise<CheckedRoots> {
  const signer = await signerOf(book)
  let roots = 0
  let before: RootTree | undefined
  for (;;) {
    const page = await book.roots.trees(before?.root.day ?? '', pageRoots)
    for (const tree of page) {
      const wrong = wrongIn(tree, before, signer)
      if (wrong !== undefined) return { roots, wrong: `the root of ${tree.root.day} ${wrong}` }
      before = tree
      roots += 1
    }
    if (page.length > 0) continue
    const wrong = before && (await wrongInNewest(before, book, signer))
    return { roots, wrong: wrong === undefined ? null : `the root of ${before?.root.day} ${wrong}` }
  }
}
