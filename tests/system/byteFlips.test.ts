import { expect, test } from 'vitest'
import { runFlips } from '../crash/flips.ts'

const count = 250

test('of single bytes that are changed in a file, none is shown as a balance', { timeout: 240_000 }, async () => {
  const [service, wallet, plain, ...more] = await runFlips({ count, seed: 11 })
  expect(more).toEqual([])
  for (const file of [service, wallet, plain]) expect(file?.shown).toEqual([])
  // The cipher of an encrypted page finds every one of them, wherever it is, as soon as the page is read.
  for (const { ends } of [service, wallet].flatMap(file => file ?? [])) {
    expect(ends.read + ends.file).toBe(count)
    expect(Math.min(ends.read, ends.file)).toBeGreaterThan(0)
  }
  // In plain text the rest of a page holds nothing; what is in the book is found by its sums and its chain.
  expect(plain?.ends.verify).toBeGreaterThan(0)
})
