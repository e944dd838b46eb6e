import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isListed } from '#core/account/breached.ts'

const hash = fc.stringMatching(/^[0-9A-F]{40}$/)
const lines = (hashes: readonly string[], end: string) =>
  [...new Set(hashes)]
    .sort()
    .map((one, n) => `${one}:${n * 7919 + 1}${end}`)
    .join('')

/** How a list is read, and the most that was read at once. */
function listOf(text: string) {
  const reads: number[] = []
  return {
    reads,
    find: (one: string) =>
      isListed(
        async (from, bytes) => {
          reads.push(bytes)
          return text.slice(from, from + bytes)
        },
        text.length,
        one,
      ),
  }
}

describe('a list of stolen passwords', () => {
  test('has all that stand in it and nothing else, with either end of a line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hash, { maxLength: 60 }), hash, fc.constantFrom('\n', '\r\n'), async (hashes, other, end) => {
        const list = listOf(lines(hashes, end))
        for (const one of hashes) expect(await list.find(one)).toBe(true)
        expect(await list.find(other)).toBe(hashes.includes(other))
      }),
      { numRuns: 60 },
    )
  })

  test('is found in without its last end of a line, and an empty one has nothing', async () => {
    const [first, last] = ['0'.repeat(40), 'F'.repeat(40)]
    const list = listOf(`${first}:3\r\n${last}:9`)
    expect(await Promise.all([list.find(first), list.find(last), listOf('').find(first)])).toEqual([true, true, false])
  })

  test('is read in short pieces, as many as its size has bits', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => n.toString(16).toUpperCase().padStart(8, '0').repeat(5))
    const list = listOf(lines(many, '\r\n'))
    expect(await list.find(many[12_345] ?? '')).toBe(true)
    expect(Math.max(...list.reads)).toBeLessThanOrEqual(128)
    expect(list.reads.length).toBeLessThanOrEqual(24)
  })
})
