import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePlaces } from '#service/features/device/places.ts'

const table = `
# the operator's own table
203.0.113.0/24 SG
203.0.113.128/25 JP   # narrower: it tells
203.0.113.200/32 KR
2001:db8::/32 DE
2001:db8:1::/48 FR
10.0.0.0/8 AT
::1/128 NL
`

test.each([
  ['203.0.113.1', 'SG'],
  ['203.0.113.127', 'SG'],
  ['203.0.113.128', 'JP'],
  ['203.0.113.200', 'KR'],
  ['203.0.113.201', 'JP'],
  ['203.0.114.0', null],
  ['203.0.112.255', null],
  ['::ffff:203.0.113.1', 'SG'],
  ['::ffff:cb00:7101', 'SG'],
  ['2001:db8::1', 'DE'],
  ['2001:DB8:1::', 'FR'],
  ['2001:db8:2::', 'DE'],
  ['2001:db9::', null],
  ['10.255.255.255', 'AT'],
  ['::1', 'NL'],
  ['::2', null],
  ['', null],
  ['unknown', null],
  ['10.0.0.256', null],
  ['fe80::1%eth0', null],
])('%s is in %s', (address, country) => expect(parsePlaces(table)(address)).toBe(country))

test('an empty table knows no place', () => expect(parsePlaces('\n# nothing\n')('10.0.0.1')).toBeNull())

test.each(['10.0.0.0 SG', '10.0.0.0/33 SG', '10.0.0/8 SG', '2001:db8::/129 SG', '10.0.0.0/8 Singapore', '10.0.0.0/8', 'x/8 SG'])(
  'a line that is none is named: %s',
  line => expect(() => parsePlaces(`# one\n${line}\n`)).toThrow('line 2'),
)

test('the narrowest network of all that hold an address tells, in whatever order they stand', () => {
  const network = fc.record({
    a: fc.nat(3),
    b: fc.nat(3),
    bits: fc.integer({ min: 8, max: 32 }),
    country: fc.constantFrom('SG', 'DE', 'JP', 'FR'),
  })
  const address = fc.tuple(fc.nat(3), fc.nat(3))
  const number = (a: number, b: number) => 10 * 2 ** 24 + a * 2 ** 22 + b
  const text = (n: number) => [24, 16, 8, 0].map(shift => Math.floor(n / 2 ** shift) % 256).join('.')
  const holds = (n: number, { a, b, bits }: { a: number; b: number; bits: number }) =>
    Math.floor(n / 2 ** (32 - bits)) === Math.floor(number(a, b) / 2 ** (32 - bits))
  fc.assert(
    fc.property(
      fc.uniqueArray(network, { maxLength: 8, selector: ({ a, b, bits }) => Math.floor(number(a, b) / 2 ** (32 - bits)) * 64 + bits }),
      address,
      (all, [a, b]) => {
        const n = number(a, b)
        const placeOf = parsePlaces(all.map(one => `${text(number(one.a, one.b))}/${one.bits} ${one.country}`).join('\n'))
        const narrowest = all.filter(one => holds(n, one)).sort((one, other) => other.bits - one.bits)[0]
        expect(placeOf(text(n))).toBe(narrowest?.country ?? null)
      },
    ),
  )
})
