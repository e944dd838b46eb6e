import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDeviceName } from '#core/account/deviceName.ts'
import { defaultSessionRules, isUseDue, type SessionTimes, standingOf, tokenGoodUntil } from '#core/account/session.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const rules = defaultSessionRules
const fresh: SessionTimes = { startedAt: 0, madeAt: 0, replacedAt: null, usedAt: 0 }

describe('a session', () => {
  const cases: readonly (readonly [string, Partial<SessionTimes>, number, string])[] = [
    ['is good at once', {}, 0, 'good'],
    ['has a token for a day', {}, day - 1, 'good'],
    ['has its token exchanged after a day', {}, day, 'stale'],
    ['is still there after 29 days without a call', {}, 30 * day - 1, 'stale'],
    ['runs out after 30 days without a call', {}, 30 * day, 'expired'],
    ['goes on where it is used', { usedAt: 29 * day, madeAt: 29 * day }, 29 * day + 1, 'good'],
    ['runs out after 180 days, however much it is used', { usedAt: 180 * day - 1, madeAt: 180 * day - 1 }, 180 * day, 'expired'],
    ['whose last use is not known does not run out by rest', { usedAt: null, madeAt: 100 * day }, 100 * day, 'good'],
    ['has an exchanged token for two minutes more', { replacedAt: 2 * day }, 2 * day + 2 * minute - 1, 'good'],
    ['has an exchanged token for no longer', { replacedAt: 2 * day }, 2 * day + 2 * minute, 'stale'],
    ['runs out by its exchanged token too', { replacedAt: 1 }, 30 * day, 'expired'],
  ]
  test.each(cases)('%s', (_, times, now, standing) => expect(standingOf({ ...fresh, ...times }, rules, now)).toBe(standing))

  test('what a token is good for never comes back, and changes where it is told to', () => {
    const order = ['good', 'stale', 'expired']
    const instant = fc.integer({ min: 0, max: 400 * day })
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.option(instant),
        fc.option(instant),
        instant,
        instant,
        (startedAt, madeAt, replacedAt, usedAt, a, b) => {
          const times = { startedAt, madeAt, replacedAt, usedAt }
          const [before, after] = [Math.min(a, b), Math.max(a, b)].map(now => order.indexOf(standingOf(times, rules, now)))
          expect(before).toBeLessThanOrEqual(after ?? -1)
          const until = tokenGoodUntil(times, rules)
          expect(standingOf(times, rules, until - 1)).toBe('good')
          expect(standingOf(times, rules, until)).not.toBe('good')
        },
      ),
    )
  })

  test('notes its use once an hour', () => {
    expect([isUseDue(null, 5), isUseDue(5, 5 + hour - 1), isUseDue(5, 5 + hour)]).toEqual([true, false, true])
  })
})

describe('the name of a device', () => {
  test.each([
    ['  Lin’s\u00a0 laptop ', 'Lin’s laptop'],
    ['电脑', '电脑'],
    ['\u{1F469}\u200d\u{1F4BB}', '\u{1F469}\u200d\u{1F4BB}'],
    ['x'.repeat(60), 'x'.repeat(60)],
  ])('%j is kept as %j', (typed, kept) => expect(parseDeviceName(typed)).toEqual({ ok: true, value: kept }))
  test.each(['', '   ', 'x'.repeat(61), 'a\u202eb', 'a\u0000b', 'a\nb', `e${'\u0301'.repeat(300)}`])('%j is refused', typed =>
    expect(parseDeviceName(typed)).toMatchObject({ ok: false, decline: { code: 'device_name_invalid' } }),
  )
})
