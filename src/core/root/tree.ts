import type { Digest } from '../ledger/chain.ts'

/** Where an account stands: how many legs were posted to it, and the last link of its chain. */
export type Head = { readonly account: string; readonly version: number; readonly chain: string }

/** A leaf at its place, as base64url of 32 bytes: the path from the top of the tree follows the bits of the place. */
export type Placed = { readonly place: string; readonly hash: string }

/** What a tree is made with. `blank` stands where there is no account: it looks like any other hash. */
export type Tree = { readonly digest: Digest; blank(path: string): string }

const placeBits = 256
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Where an account stands in every tree: one place alone, so that no tree can tell of an account twice. */
export const placeOf = (digest: Digest, account: string): string => digest(JSON.stringify(['okpay.place.1', account]))

/** The hash of a leaf. The salt keeps others from finding out by trial which account it is and where it stands. */
export const leafOf = (digest: Digest, salt: string, { account, version, chain }: Head): string =>
  digest(JSON.stringify(['okpay.leaf.1', salt, account, version, chain]))

const nodeOf = (digest: Digest, left: string, right: string): string => digest(JSON.stringify(['okpay.node.1', left, right]))

/** A bit of a place, the highest of its first byte first. */
const bitAt = (place: string, depth: number): number => (base64url.indexOf(place.charAt(Math.floor(depth / 6))) >> (5 - (depth % 6))) & 1

/** The first bits of a place as a number: at most 30 of them. */
export function placeNumber(place: string, bits: number): number {
  let number = 0
  for (let depth = 0; depth < bits; depth += 1) number = number * 2 + bitAt(place, depth)
  return number
}

const isLeaf = (path: string, entries: readonly Placed[], least: number): boolean => path.length >= least && entries.length <= 1

function halves(path: string, entries: readonly Placed[]): readonly [left: readonly Placed[], right: readonly Placed[]] {
  if (path.length >= placeBits) throw new Error('two leaves have one place')
  return [entries.filter(({ place }) => bitAt(place, path.length) === 0), entries.filter(({ place }) => bitAt(place, path.length) === 1)]
}

/**
 * The hash of the part of a tree below `path`, which all `entries` share: a leaf where one is left and the path is at least `least` long, a blank where none is,
 * else a node over its two halves.
 */
export function partOf(tree: Tree, path: string, entries: readonly Placed[], least = 0): string {
  if (isLeaf(path, entries, least)) return entries[0]?.hash ?? tree.blank(path)
  const [left, right] = halves(path, entries)
  return nodeOf(tree.digest, partOf(tree, `${path}0`, left, least), partOf(tree, `${path}1`, right, least))
}

/** The hashes beside the way from `path` down to the leaf at `place`, the uppermost first. */
export function pathTo(tree: Tree, path: string, entries: readonly Placed[], place: string): readonly string[] {
  if (isLeaf(path, entries, 0)) return []
  const [left, right] = halves(path, entries)
  const [own, other, bit] = bitAt(place, path.length) === 0 ? [left, right, '0'] : [right, left, '1']
  return [partOf(tree, `${path}${bit === '0' ? '1' : '0'}`, other), ...pathTo(tree, `${path}${bit}`, own, place)]
}

const above = (digest: Digest, row: readonly string[]): readonly string[] =>
  Array.from({ length: row.length / 2 }, (_, n) => nodeOf(digest, row[2 * n] ?? '', row[2 * n + 1] ?? ''))

/** The top over the parts of all paths of one length, of which there is a power of two, in their order. */
export function topOf(digest: Digest, parts: readonly string[]): string {
  const [only, ...others] = parts
  return only !== undefined && others.length === 0 ? only : topOf(digest, above(digest, parts))
}

/** The hashes beside the way from the top down to the part of this number, the uppermost first. */
export function pathToPart(digest: Digest, parts: readonly string[], number: number): readonly string[] {
  if (parts.length <= 1) return []
  return [...pathToPart(digest, above(digest, parts), Math.floor(number / 2)), parts[number % 2 === 0 ? number + 1 : number - 1] ?? '']
}

/** The top of the only tree in which this account stands as the leaf says, by the hashes beside its way. Undefined where the way is too long to be one. */
export function topBy(digest: Digest, account: string, leaf: string, path: readonly string[]): string | undefined {
  if (path.length > placeBits) return undefined
  const place = placeOf(digest, account)
  return path.reduceRight(
    (below, beside, depth) => (bitAt(place, depth) === 0 ? nodeOf(digest, below, beside) : nodeOf(digest, beside, below)),
    leaf,
  )
}
