import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asksFactor, highestLine, isPasswordOld, openSteps, recoveryText, stepAt, waysOf } from '#core/account/secondFactor.ts'

const now = Date.parse('2026-11-22T10:42:05.100Z')

describe('the ways of a second factor', () => {
  test('are told strongest first, and recovery codes are nothing without the app', () => {
    expect(waysOf({ hasApp: true, hasMail: true, recoveryLeft: 3 })).toEqual(['app', 'recovery', 'mail'])
    expect(waysOf({ hasApp: true, hasMail: false, recoveryLeft: 0 })).toEqual(['app'])
    expect(waysOf({ hasApp: false, hasMail: true, recoveryLeft: 3 })).toEqual(['mail'])
    expect(waysOf({ hasApp: false, hasMail: false, recoveryLeft: 3 })).toEqual([])
  })

  test('are asked for above the line alone, and only where there are some', () => {
    const app = { hasApp: true, hasMail: false, recoveryLeft: 0 }
    expect([highestLine, highestLine + 1n].map(minor => asksFactor(app, highestLine, minor))).toEqual([false, true])
    expect(asksFactor({ ...app, hasApp: false }, 0n, 1n)).toBe(false)
  })
})

describe('the time steps of a code', () => {
  test('are the present one, one before and one after, and none that was used', () => {
    const present = stepAt(now)
    expect(openSteps(now, 0)).toEqual([present - 1, present, present + 1])
    expect(openSteps(now, present)).toEqual([present + 1])
    expect(openSteps(now, present + 1)).toEqual([])
  })

  test('a used step is never open again, whatever the clock does, and a day off opens none of today', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 41 }), fc.integer({ min: -86_400_000, max: 86_400_000 }), (at, drift) => {
        const used = openSteps(at, 0).at(-1) ?? 0
        for (const step of openSteps(at + drift, used)) expect(step).toBeGreaterThan(used)
        if (Math.abs(drift) > 90_000) expect(openSteps(at + drift, 0)).not.toContain(stepAt(at))
      }),
    )
  })
})

test('a recovery code is shown in two groups', () => expect(recoveryText('ABCDE12345')).toBe('ABCDE-12345'))

test('a password is old after a year', () => {
  const year = 365 * 86_400_000
  expect([year - 1, year].map(age => isPasswordOld(now - age, now))).toEqual([false, true])
})
