import { createHmac, createSecretKey } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { type Head, leafOf, type Placed, partOf, pathTo, pathToPart, placeNumber, placeOf, type Tree, topOf } from '#core/root/tree.ts'
import { digest } from '#storage/digest.ts'
import type { RootLeaf } from '#storage/featureRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'

/** A tree is built, and proves, in parts of about so many leaves. */
const leavesInPart = 64
const slotBits = 16
const secretSetting = 'root_secret'

/** What makes the salts and blanks; undefined before the first root. */
export const secretIn = (setting: (name: string) => Promise<string | undefined>): Promise<string | undefined> => setting(secretSetting)
export const rootSecret = (tx: Tx): Promise<string | undefined> => secretIn(tx.settings.find)

/** As `rootSecret`, and made by the first who needs it. */
export async function keepRootSecret(tx: Tx, random: (bytes: number) => Uint8Array): Promise<string> {
  const kept = await rootSecret(tx)
  if (kept !== undefined) return kept
  const made = Buffer.from(random(32)).toString('base64url')
  await tx.settings.save(secretSetting, made)
  return made
}

/** What hides the leaves of a day: another salt for each account and each day, so that who knows one learns nothing of the next. */
function veil(secret: string, day: string) {
  const key = createSecretKey(Buffer.from(secret, 'base64url'))
  const mac = (text: readonly string[]): string => createHmac('sha256', key).update(JSON.stringify(text)).digest('base64url')
  const salt = (account: string): string => mac(['okpay.salt.1', day, account])
  const tree: Tree = { digest, blank: path => mac(['okpay.blank.1', day, path]) }
  const placed = (leaf: Head): Placed => ({ place: placeOf(digest, leaf.account), hash: leafOf(digest, salt(leaf.account), leaf) })
  return { salt, tree, placed }
}

export const slotOf = (account: string): number => placeNumber(placeOf(digest, account), slotBits)

/** How many bits of the place name a part, for a tree of so many leaves. */
export const partBits = (leaves: number): number => Math.min(slotBits, Math.max(0, Math.ceil(Math.log2(leaves / leavesInPart))))

const pathOf = (number: number, bits: number): string => (bits === 0 ? '' : number.toString(2).padStart(bits, '0'))

/** The half-open stretch of slots that make a part. */
const slotsOf = (number: number, bits: number): readonly [from: number, until: number] => [
  number * 2 ** (slotBits - bits),
  (number + 1) * 2 ** (slotBits - bits),
]

type Leaves = (from: number, until: number) => Promise<readonly RootLeaf[]>

/** The hashes of all parts of a tree, in their order. */
export async function partsOf(secret: string, day: string, bits: number, leaves: Leaves): Promise<readonly string[]> {
  const { tree, placed } = veil(secret, day)
  const parts: string[] = []
  for (let number = 0; number < 2 ** bits; number += 1) {
    const entries = (await leaves(...slotsOf(number, bits))).map(placed)
    parts.push(partOf(tree, pathOf(number, bits), entries, bits))
    // A tree of many accounts is minutes of work: whoever calls the service meanwhile waits for a part of it and not for the whole.
    await turn()
  }
  return parts
}

export const treeTop = (parts: readonly string[]): string => topOf(digest, parts)

/** Where the account stands in the tree of these parts, with the way to it; undefined where it does not stand in it. */
export async function inclusionOf(secret: string, day: string, parts: readonly string[], leaves: Leaves, account: string) {
  const bits = Math.log2(parts.length)
  const place = placeOf(digest, account)
  const number = placeNumber(place, bits)
  const found = await leaves(...slotsOf(number, bits))
  const own = found.find(leaf => leaf.account === account)
  if (!own) return undefined
  const { salt, tree, placed } = veil(secret, day)
  const way = pathTo(tree, pathOf(number, bits), found.map(placed), place)
  const { version, chain } = own
  return { account, version, chain, salt: salt(account), path: [...pathToPart(digest, parts, number), ...way] }
}
