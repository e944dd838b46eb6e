import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byPlace, compareRegisters, merge, placeOf, type Register, type Registers } from '#core/personal/register.ts'
import { compareStamps, isTooFarAhead, nextStamp, redated, type Stamp } from '#core/personal/stamp.ts'

const devices = ['phone', 'laptop', 'tablet'] as const
const stamp: fc.Arbitrary<Stamp> = fc.record({ ms: fc.nat(5), count: fc.nat(2), device: fc.constantFrom(...devices) })
/** Few places and few values, so that they meet; the same stamp with two values too, which no honest device makes. */
const register: fc.Arbitrary<Register> = fc.record({
  subject: fc.constantFrom('contact:a', 'contact:b', 'movement:a'),
  field: fc.constantFrom('name', 'note', 'label:tea'),
  value: fc.option(fc.constantFrom('x', 'y', 'z')),
  stamp,
})
const many = fc.array(register, { maxLength: 20 })
const known = (registers: readonly Register[]): Registers => merge(new Map(), registers)
const sorted = (registers: Registers) => [...registers].sort(([a], [b]) => (a < b ? -1 : 1))
const same = (a: Registers, b: Registers): void => {
  expect(sorted(a)).toEqual(sorted(b))
}

describe('merging', () => {
  test('is commutative', () =>
    fc.assert(
      fc.property(many, many, (a, b) => same(merge(known(a), b), merge(known(b), a))),
      { numRuns: 1000 },
    ))

  test('is associative', () =>
    fc.assert(
      fc.property(many, many, many, (a, b, c) => same(merge(merge(known(a), b), c), merge(known(a), merge(known(b), c).values()))),
      { numRuns: 1000 },
    ))

  test('is idempotent', () =>
    fc.assert(
      fc.property(many, many, (a, b) => same(merge(merge(known(a), b), b), merge(known(a), b))),
      { numRuns: 1000 },
    ))

  test('does not depend on the order, nor on how often', () =>
    fc.assert(
      fc.property(many, fc.array(fc.nat(19), { maxLength: 40 }), (told, picks) => {
        const again = picks.flatMap(index => told[index] ?? [])
        same(known([...told].reverse().concat(again)), known(told))
      }),
      { numRuns: 1000 },
    ))

  test('never gives a value that nobody wrote, and never an earlier one', () =>
    fc.assert(
      fc.property(many, told => {
        for (const stands of known(told).values()) {
          const others = told.filter(one => placeOf(one) === placeOf(stands))
          expect(others).toContain(stands)
          for (const other of others) expect(compareRegisters(other, stands)).toBeLessThanOrEqual(0)
        }
      }),
    ))

  test('orders registers totally', () =>
    fc.assert(
      fc.property(register, register, register, (a, b, c) => {
        expect(Math.sign(compareRegisters(a, b))).toBe(-Math.sign(compareRegisters(b, a)) + 0)
        if (compareRegisters(a, b) <= 0 && compareRegisters(b, c) <= 0) expect(compareRegisters(a, c)).toBeLessThanOrEqual(0)
      }),
    ))
})

/** A device with a clock of its own, which may be wrong and may jump, and what it knows. */
class Device {
  known: Registers = new Map()
  readonly name: string
  now: number
  constructor(name: string, now: number) {
    this.name = name
    this.now = now
  }
  write(place: Pick<Register, 'subject' | 'field'>, value: string | null): Register {
    const newest = [...this.known.values()]
      .map(one => one.stamp)
      .sort(compareStamps)
      .at(-1)
    const written = { ...place, value, stamp: nextStamp(newest, this.now, this.name) }
    this.known = merge(this.known, [written])
    return written
  }
}

type Act =
  | { readonly does: 'write'; readonly device: number; readonly field: string; readonly value: string | null }
  | { readonly does: 'jump'; readonly device: number; readonly ms: number }
  | { readonly does: 'deliver'; readonly to: number; readonly which: number; readonly times: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    does: fc.constant('write' as const),
    device: fc.nat(2),
    field: fc.constantFrom('name', 'note', 'label:a', 'label:b', 'removed'),
    value: fc.option(fc.constantFrom('x', 'y', 'z')),
  }),
  fc.record({ does: fc.constant('jump' as const), device: fc.nat(2), ms: fc.integer({ min: -100, max: 100 }) }),
  fc.record({ does: fc.constant('deliver' as const), to: fc.nat(2), which: fc.nat(200), times: fc.integer({ min: 0, max: 3 }) }),
)

test('three devices converge, whatever is lost, doubled or overtaken, and however wrong their clocks are', () =>
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), acts => {
      const all = devices.map((name, index) => new Device(name, 1_000 + index * 500))
      const sent: Register[] = []
      for (const one of acts) {
        if (one.does === 'write') {
          const device = all[one.device]
          const place = { subject: 'contact:a', field: one.field }
          const before = device?.known.get(placeOf(place))
          const written = device?.write(place, one.value)
          if (!device || !written) continue
          sent.push(written)
          // What somebody wrote over what they saw stands on their own device, whatever their clock says.
          if (before) expect(compareRegisters(before, written)).toBeLessThan(0)
          expect(device.known.get(placeOf(place))).toBe(written)
        } else if (one.does === 'jump') {
          const device = all[one.device]
          if (device) device.now += one.ms
        } else {
          const told = sent[sent.length === 0 ? 0 : one.which % sent.length]
          const to = all[one.to]
          // Zero times: lost. Any of what was ever sent, in any order: overtaken.
          if (told && to) for (let time = 0; time < one.times; time += 1) to.known = merge(to.known, [told])
        }
      }
      // At last everybody hears of all that everybody knows.
      const together = all.reduce<Registers>((sum, device) => merge(sum, device.known.values()), new Map())
      for (const device of all) same(merge(device.known, together.values()), together)
      same(together, byPlace(merge(new Map(), sent).values()))
    }),
    { numRuns: 2000 },
  ))

describe('stamps', () => {
  test('a new one is later than everything seen, by whatever clock', () =>
    fc.assert(
      fc.property(fc.array(stamp), fc.nat(8), (seen, now) => {
        const newest = [...seen].sort(compareStamps).at(-1)
        const next = nextStamp(newest, now, 'phone')
        for (const one of seen) expect(compareStamps(next, one)).toBeGreaterThan(0)
        expect(next.ms).toBeGreaterThanOrEqual(now)
        // Never further ahead than a clock that somebody had.
        expect(next.ms).toBe(Math.max(now, newest?.ms ?? 0))
      }),
    ))

  const hour = 3_600_000
  const noon = 12 * hour
  const at = (ms: number, device = 'phone'): Stamp => ({ ms, count: 0, device })

  test.each([
    ['now', at(noon), undefined, false],
    ['five minutes ahead', at(noon + 300_000), undefined, false],
    ['more than five minutes ahead', at(noon + 300_001), undefined, true],
    ['hours ahead', at(noon + 10 * hour), at(noon), true],
    ['hours ahead, as what is held already', at(noon + 10 * hour), at(noon + 10 * hour), false],
    ['further ahead than what is held already', at(noon + 10 * hour + 1), at(noon + 10 * hour), true],
    ['hours ago', at(noon - 10 * hour), at(noon), false],
  ])('a stamp of %s', (_, one, newest, isAhead) => expect(isTooFarAhead(one, newest, noon)).toBe(isAhead))

  test('what was dated by a clock that was ten hours fast is dated as if it had been right', () =>
    expect(redated(at(noon + 9 * hour), undefined, { shiftMs: -10 * hour, now: noon })).toEqual(at(noon - hour)))
  test('nothing is dated after now', () => expect(redated(at(noon - hour), undefined, { shiftMs: 10 * hour, now: noon })).toEqual(at(noon)))
  test('nor before what was written over', () =>
    expect(redated(at(noon + 9 * hour), at(noon - 60_000, 'laptop'), { shiftMs: -10 * hour, now: noon })).toEqual({
      ms: noon - 60_000,
      count: 1,
      device: 'phone',
    }))

  test('a correction is never refused, keeps what was seen below, and is the same done twice', () =>
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.integer({ min: -1e6, max: 1e6 }), fc.nat(1e6), (ms, overMs, shiftMs, nowMs) => {
        const now = nowMs + overMs
        const over = at(overMs, 'laptop')
        const right = redated(at(ms), over, { shiftMs, now })
        expect(isTooFarAhead(right, over, now)).toBe(false)
        expect(compareStamps(right, over)).toBeGreaterThan(0)
        expect(redated(right, over, { shiftMs: 0, now })).toEqual(right)
      }),
    ))
})
