import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Head,
  leafOf,
  type Placed,
  partOf,
  pathTo,
  pathToPart,
  placeNumber,
  placeOf,
  type Tree,
  topBy,
  topOf,
} from '#core/root/tree.ts'
import { digest } from '#storage/digest.ts'

const tree: Tree = { digest, blank: path => digest(`blank ${path}`) }
const salt = (account: string) => digest(`salt ${account}`)
const head = (n: number): Head => ({ account: `holder:person-${n}:EUR`, version: n * 3, chain: digest(`chain ${n}`) })
const heads = (count: number): readonly Head[] => Array.from({ length: count }, (_, n) => head(n))
const placed = (one: Head): Placed => ({ place: placeOf(digest, one.account), hash: leafOf(digest, salt(one.account), one) })

/** Another text that differs in one bit of what it stands for. */
function flipped(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url')
  const at = bit % (bytes.length * 8)
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7))
  return bytes.toString('base64url')
}

describe('a tree of every size from 0 to 70', () => {
  for (let size = 0; size <= 70; size += 1)
    test(`${size}: every account proves that it stands in it, and each altered bit fails`, () => {
      const all = heads(size)
      const top = partOf(tree, '', all.map(placed))
      for (const one of all) {
        const leaf = leafOf(digest, salt(one.account), one)
        const path = pathTo(tree, '', all.map(placed), placeOf(digest, one.account))
        expect(topBy(digest, one.account, leaf, path)).toBe(top)
        // One bit of each hash of the way in turn, of the leaf, and of what the leaf is made of.
        for (const [at, beside] of path.entries())
          expect(topBy(digest, one.account, leaf, path.with(at, flipped(beside, one.version * 7 + at)))).not.toBe(top)
        expect(topBy(digest, one.account, flipped(leaf, one.version), path)).not.toBe(top)
        const others: readonly Head[] = [
          { ...one, version: one.version + 1 },
          { ...one, chain: flipped(one.chain, one.version) },
          { ...one, account: `${one.account}x` },
        ]
        for (const other of others) expect(topBy(digest, other.account, leafOf(digest, salt(one.account), other), path)).not.toBe(top)
        expect(topBy(digest, one.account, leafOf(digest, flipped(salt(one.account), one.version), one), path)).not.toBe(top)
        expect(topBy(digest, one.account, leaf, [...path, leaf])).not.toBe(top)
        if (path.length > 0) expect(topBy(digest, one.account, leaf, path.slice(1))).not.toBe(top)
      }
    })
})

test('every single bit of a proof counts: leaf and way of one account among seventy', () => {
  const all = heads(70)
  const top = partOf(tree, '', all.map(placed))
  const [one = head(0)] = all
  const leaf = leafOf(digest, salt(one.account), one)
  const path = pathTo(tree, '', all.map(placed), placeOf(digest, one.account))
  for (let bit = 0; bit < 256; bit += 1) {
    expect(topBy(digest, one.account, flipped(leaf, bit), path)).not.toBe(top)
    for (const [at, beside] of path.entries()) expect(topBy(digest, one.account, leaf, path.with(at, flipped(beside, bit)))).not.toBe(top)
  }
})

test('built in parts or at once it is one tree, whatever the number of parts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 7 }), (size, bits) => {
      const entries = heads(size).map(placed)
      const parts = Array.from({ length: 2 ** bits }, (_, number) =>
        partOf(
          tree,
          bits === 0 ? '' : number.toString(2).padStart(bits, '0'),
          entries.filter(({ place }) => placeNumber(place, bits) === number),
          bits,
        ),
      )
      const top = partOf(tree, '', entries, bits)
      expect(topOf(digest, parts)).toBe(top)
      for (const one of heads(size)) {
        const { place, hash } = placed(one)
        const number = placeNumber(place, bits)
        const inPart = entries.filter(entry => placeNumber(entry.place, bits) === number)
        const path = [
          ...pathToPart(digest, parts, number),
          ...pathTo(tree, bits === 0 ? '' : number.toString(2).padStart(bits, '0'), inPart, place),
        ]
        expect(topBy(digest, one.account, hash, path)).toBe(top)
      }
    }),
    { numRuns: 60 },
  )
})

test('an account has one place: a second leaf for it makes no tree, and no tree holds two', () => {
  const [one = head(0), other = head(1)] = heads(2)
  const twice = [placed(one), placed({ ...one, version: 99 }), placed(other)]
  expect(() => partOf(tree, '', twice)).toThrow('one place')
})

test('a way that is longer than a place is none', () => {
  expect(
    topBy(
      digest,
      'holder:a:EUR',
      digest('leaf'),
      Array.from({ length: 257 }, () => digest('x')),
    ),
  ).toBeUndefined()
})

test('what stands beside a way says nothing of others: with other salts every hash of it is another', () => {
  const all = heads(40)
  const [one = head(0)] = all
  const way = (day: string) =>
    pathTo(
      { digest, blank: path => digest(`${day} ${path}`) },
      '',
      all.map(other => ({ place: placeOf(digest, other.account), hash: leafOf(digest, digest(`${day} ${other.account}`), other) })),
      placeOf(digest, one.account),
    )
  const [monday, tuesday] = [way('monday'), way('tuesday')]
  expect(monday).toHaveLength(tuesday.length)
  for (const [at, beside] of monday.entries()) expect(beside).not.toBe(tuesday[at])
})
