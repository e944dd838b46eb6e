import { expect, test } from 'vitest'
import { signInWaitMs } from '#core/account/signInWait.ts'

test('ten thousand wrong tries at an account take more than a hundred days, and no wait shrinks or is above a quarter of an hour', () => {
  let last = 0
  let sum = 0
  for (let tries = 0; tries < 10_000; tries += 1) {
    const wait = signInWaitMs('account', tries)
    expect(wait).toBeGreaterThanOrEqual(last)
    expect(wait).toBeLessThanOrEqual(900_000)
    last = wait
    sum += wait
  }
  expect(sum).toBeGreaterThan(100 * 86_400_000)
})
