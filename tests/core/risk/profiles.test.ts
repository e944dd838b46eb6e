import { describe, expect, test } from 'vitest'
import type { RiskEvent } from '#core/risk/event.ts'
import { factsOf } from '#core/risk/facts.ts'
import { day, hour, life, payment, quietYear, start } from './life.ts'

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')
const uuid = (n: number): string => `01999999-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Of every kind of event, the nth, with ever new names in it, all about one holder, one payee and one computer. */
function eventful(n: number): RiskEvent {
  const at = start + n * 60_000
  const names = { holder: uuid(0), installation: uuid(n), payee: uuid(n), country: `${String.fromCharCode(65 + (n % 26))}A` }
  const events: readonly RiskEvent[] = [
    payment({ at, ...names, eurMinor: BigInt(1 + ((n * 7919) % 200_000)), localHour: n % 24 }),
    payment({ at, holder: uuid(n), installation: uuid(0), payee: uuid(0) }),
    { what: 'signed_in', at, ...names },
    { what: 'signed_in', at, holder: uuid(n), installation: uuid(0), country: null },
    { what: 'code_failed', at, holder: uuid(0) },
    { what: 'money_in', at, holder: uuid(0), eurMinor: 123_456n, payer: uuid(n) },
    { what: 'payee_reported', at, payee: uuid(0), by: uuid(n) },
  ]
  const event = events[n % events.length]
  if (event === undefined) throw new Error('there is an event for each remainder')
  return event
}

test('profiles stay small through 100,000 events', () => {
  const one = life()
  const asked = payment({ holder: uuid(0), payee: uuid(0), installation: uuid(0) })
  for (let n = 1; n <= 100_000; n += 1) one.goesOn(eventful(n), (['paid', 'confirmed', 'stopped'] as const)[n % 3])
  const { holder, payee, installation } = one.before(asked)
  expect(bytes(holder)).toBeLessThan(24_000)
  expect(bytes(payee)).toBeLessThan(6_000)
  expect(bytes(installation)).toBeLessThan(2_500)
})

test('the same events make the same profiles, through JSON too', () => {
  const live = (isWritten: boolean) => {
    const one = life()
    for (let n = 1; n < 3_000; n += 1) one.goesOn(eventful(n))
    const profiles = one.before(payment({ holder: uuid(0), payee: uuid(0), installation: uuid(0) }))
    return isWritten ? JSON.parse(JSON.stringify(profiles)) : profiles
  }
  expect(live(true)).toEqual(live(false))
})

describe('a habit', () => {
  const burst = (minutes: number) => payment({ id: `burst ${minutes}`, at: payment().at - minutes * 60_000, eurMinor: 90_000n })
  test('is not made by what a thief has just done', () => {
    const ann = quietYear()
    for (let n = 9; n > 0; n -= 1) ann.goesOn(burst(n))
    const facts = factsOf(ann.before(payment()), payment({ eurMinor: 90_000n }))
    expect(facts.inHour).toBe(10)
    expect(facts.timesBusiestHour).toBe(5)
    expect(facts.timesLargest).toBeGreaterThan(20)
  })
  test('is made once three days have passed', () => {
    const ann = quietYear()
    for (let n = 9; n > 0; n -= 1) ann.goesOn(burst(n))
    const later = payment({ at: payment().at + 3 * day, eurMinor: 90_000n })
    const facts = factsOf(ann.before(later), later)
    expect(facts.timesLargest).toBeCloseTo(1, 1)
    expect(facts.timesBusiestHour).toBeLessThan(0.2)
  })
  test('is made at once by what its person confirmed', () => {
    const ann = quietYear()
    const asked = payment({ eurMinor: 90_000n, payee: 'new', installation: 'laptop', country: 'FR' })
    ann.goesOn(asked, 'confirmed')
    const again = { ...asked, at: asked.at + 60_000 }
    const facts = factsOf(ann.before(again), again)
    expect(facts.timesLargest).toBe(1)
    expect([facts.payeeKnownDays, facts.installationKnownDays, facts.countryKnownDays]).toEqual([365, 365, 365])
  })
  test('is learnt once, whether it was confirmed or settled', () => {
    const ann = quietYear()
    ann.goesOn(payment({ id: 'asked' }), 'confirmed')
    const before = ann.before(payment()).holder?.habit.payments ?? 0
    const later = payment({ at: payment().at + 10 * day })
    ann.goesOn(later)
    // One of the last days of the year settles with it; the confirmed one does not settle again.
    expect((ann.before(later).holder?.habit.payments ?? 0) - before).toBe(1)
  })
})

test('a payment that was stopped teaches nothing of its person, and is held against the payee, the computer and the codes', () => {
  const ann = quietYear()
  const before = ann.before(payment())
  const asked = payment({ payee: 'eve', installation: 'thief', country: 'US' })
  ann.goesOn(asked, 'stopped')
  const { holder, payee, installation } = ann.before(asked)
  expect(holder).toEqual({ ...before.holder, failedCodes: [asked.at] })
  expect(payee?.reports.map(({ id }) => id)).toEqual(['ann'])
  expect(installation?.stopped).toEqual([asked.at])
})

describe('a fact', () => {
  const soon = payment({ at: payment().at + hour })
  test('knows a payee, a computer and a country by how long they are known', () => {
    const ann = quietYear()
    const facts = factsOf(ann.before(payment()), payment())
    expect(facts.payeeKnownDays).toBe(364)
    expect(facts.countryKnownDays).toBe(365)
    const strange = payment({ payee: 'eve', installation: 'thief', country: 'US' })
    expect(factsOf(ann.before(strange), strange)).toMatchObject({
      payeeKnownDays: 0,
      installationKnownDays: 0,
      countryKnownDays: 0,
      moves: 1,
    })
  })
  test('tells a jump from a journey by the hours between two countries', () => {
    const ann = quietYear()
    ann.goesOn(payment())
    const abroad = payment({ at: payment().at + hour, country: 'JP' })
    expect(factsOf(ann.before(abroad), abroad).hoursSinceElsewhere).toBe(1)
    ann.goesOn(abroad)
    const home = payment({ at: payment().at + 2 * hour })
    expect(factsOf(ann.before(home), home)).toMatchObject({ hoursSinceElsewhere: 1, moves: 2 })
  })
  test('counts what came in and goes out again', () => {
    const ann = quietYear()
    for (const payer of ['ben', 'eve']) ann.goesOn({ what: 'money_in', at: payment().at, holder: 'ann', eurMinor: 50_000n, payer })
    const asked = { ...soon, eurMinor: 95_000n }
    expect(factsOf(ann.before(asked), asked)).toMatchObject({ passedOn: 0.95, newPayersIn: 2, hoursSinceIn: 1, timesLargestIn: 10 })
  })
  test('remembers that an account slept, also at its second payment', () => {
    const ann = quietYear()
    const awake = payment({ at: payment().at + 200 * day })
    ann.goesOn(awake)
    const second = { ...awake, at: awake.at + hour }
    expect(factsOf(ann.before(second), second).sleptDays).toBeGreaterThan(199)
  })
  test('counts small payments before a large one, and payments near the limit', () => {
    const ann = quietYear()
    for (let n = 0; n < 3; n += 1) ann.goesOn(payment({ at: payment().at + n, payee: `kiosk ${n}`, eurMinor: 100n }))
    const large = { ...soon, eurMinor: 190_000n }
    expect(factsOf(ann.before(large), large)).toMatchObject({ smallBefore: 3, smallToNewBefore: 3, nearLimit: 1 })
    ann.goesOn(large)
    expect(factsOf(ann.before(large), large).nearLimit).toBe(2)
    expect(factsOf(ann.before(soon), soon).nearLimit).toBe(0)
  })
  test('counts a report of a payee once for each who reports, the payer left out', () => {
    const ann = quietYear()
    for (const by of ['ben', 'ben', 'eve', 'ann']) ann.goesOn({ what: 'payee_reported', at: payment().at, payee: 'shop', by })
    expect(factsOf(ann.before(soon), soon).payeeReports).toBe(2)
  })
  test('counts the other accounts on a computer, and those that came lately', () => {
    const ann = quietYear()
    const at = payment().at
    ann.goesOn({ what: 'signed_in', at: at - 40 * day, holder: 'ben', installation: 'desk', country: 'DE' })
    ann.goesOn({ what: 'signed_in', at, holder: 'eve', installation: 'desk', country: 'DE' })
    expect(factsOf(ann.before(soon), soon)).toMatchObject({ othersOnInstallation: 2, newOthersOnInstallation: 1 })
  })
  test('knows the hours of a person', () => {
    const ann = quietYear()
    const at = (localHour: number) => factsOf(ann.before(payment()), payment({ localHour })).hourUsual
    expect(at(12)).toBeGreaterThan(1)
    expect(at(3)).toBeLessThan(0.1)
  })
})
