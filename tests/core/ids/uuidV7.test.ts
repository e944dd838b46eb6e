import fc from 'fast-check'
import { expect, test } from 'vitest'
import { id } from '#contracts/wire/scalars.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })

test('the example of RFC 9562, appendix A.6, is reproduced', () => {
  const tail = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f])
  expect(uuidV7(0x017f22e279b0, tail)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('every id is a valid version 7 UUID and sorts by its time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), random, random, (now, a, b) => {
      const earlier = uuidV7(now, a)
      const later = uuidV7(now + 1, b)
      expect(id.safeParse(earlier).success).toBe(true)
      expect(earlier < later).toBe(true)
    }),
  )
})
