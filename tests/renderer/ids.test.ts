import { expect, test } from 'vitest'
import { id } from '#contracts/wire/scalars.ts'
import { newId } from '#renderer/bridge/ids.ts'

test('an id of the window is a UUID of version 7, new each time, and begins with the time', () => {
  const before = Date.now()
  const ids = Array.from({ length: 1000 }, newId)
  for (const each of ids) {
    expect(id.safeParse(each).success).toBe(true)
    const ms = Number.parseInt(each.slice(0, 8) + each.slice(9, 13), 16)
    expect(ms).toBeGreaterThanOrEqual(before)
    expect(ms).toBeLessThanOrEqual(Date.now())
  }
  expect(new Set(ids).size).toBe(ids.length)
})
