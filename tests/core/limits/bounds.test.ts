import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityTiers } from '#core/identity/tier.ts'
import { type LimitBound, withinLimits } from '#core/limits/limits.ts'
import { limitHeld, type OwnLimit, raiseWaitMs, setOwnLimit } from '#core/limits/ownLimit.ts'
import { type LimitKind, type LimitRail, limitKinds, limitRails, policyFor } from '#core/limits/policy.ts'
import { splitOverDays } from '#core/limits/split.ts'

const bound = (kind: LimitKind, most: bigint, used = 0n, rail: LimitRail | null = null): LimitBound => ({
  ...{ kind, rail, most, used },
  endsAt: kind === 'per_payment' ? null : kind === 'per_day' ? 1_000 : 2_000,
})

describe('what a tier gives', () => {
  it('never grows less with more that is known, nor is a payment above a day or a day above a month', () => {
    for (const country of ['DE', 'CN', 'KE', 'IR'])
      for (const rail of limitRails)
        for (const [index, tier] of identityTiers.entries()) {
          const given = policyFor(tier, country, rail)
          const before = policyFor(identityTiers[Math.max(0, index - 1)] ?? 'email', country, rail)
          for (const kind of limitKinds) expect(given[kind] >= before[kind] && given[kind] > 0n).toBe(true)
          expect(given.per_payment <= given.per_day && given.per_day <= given.per_month).toBe(true)
        }
  })

  it('is less in crypto for who is hardly known, and in countries that are watched', () => {
    expect(policyFor('email', 'DE', 'crypto').per_payment).toBe(100_000n)
    expect(policyFor('email', 'DE', 'account').per_payment).toBe(200_000n)
    expect(policyFor('email', 'KE', 'account').per_payment).toBe(100_000n)
    expect(policyFor('email', 'KP', 'account').per_payment).toBe(20_000n)
  })
})

describe('the bounds of a payment', () => {
  const bounds = [
    bound('per_payment', 100n),
    bound('per_day', 150n, 100n),
    bound('per_month', 400n, 350n),
    bound('per_day', 60n, 50n, 'crypto'),
  ]

  it('count what leaves by their rail alone', () => {
    expect(withinLimits(bounds, 'account', 50n)).toEqual({ ok: true, value: 50n })
    expect(withinLimits(bounds, 'crypto', 50n)).toMatchObject({
      decline: { code: 'over_daily_limit', detail: { rail: 'crypto', left: '0.10' } },
    })
  })

  it('tell the month before the day, since tomorrow would not help', () => {
    expect(withinLimits(bounds, 'account', 51n)).toMatchObject({
      decline: { code: 'over_monthly_limit', detail: { at: '1970-01-01T00:00:02.000Z' } },
    })
    expect(withinLimits(bounds, 'account', 101n)).toMatchObject({ decline: { code: 'over_payment_limit' } })
  })

  it('promise no day for what no day allows', () => {
    const refused = withinLimits([bound('per_day', 50n)], 'account', 51n)
    expect(refused.ok ? {} : refused.decline.detail).not.toHaveProperty('at')
  })
})

describe('a limit that a person sets', () => {
  it('falls at once, and rises a day after it was asked for, whatever is asked in between', () => {
    const acts = fc.array(fc.record({ to: fc.bigInt(1n, 100n), afterMs: fc.integer({ min: 0, max: raiseWaitMs * 1.5 }) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(acts, story => {
        const most = 100n
        let kept: OwnLimit = { own: null, waiting: null }
        let now = 0
        const asked: { at: number; to: bigint }[] = [{ at: -raiseWaitMs, to: most }]
        for (const { to, afterMs } of story) {
          now += afterMs
          const held = limitHeld(most, kept, now)
          const set = setOwnLimit(held, to, now)
          if (!set.ok) throw new Error('refused')
          kept = set.value
          asked.push({ at: now, to })
          const after = limitHeld(most, kept, now).amount
          expect(after <= held.amount).toBe(true)
          if (to < held.amount) expect(after).toBe(to)
          // What holds now was asked for a day ago or is lower than what was.
          const ripe = asked.filter(one => one.at <= now - raiseWaitMs).map(one => one.to)
          expect(ripe.some(one => after <= one)).toBe(true)
        }
        const wish = kept.waiting
        if (wish) {
          expect(limitHeld(most, kept, wish.at - 1).amount < wish.eurMinor).toBe(true)
          expect(limitHeld(most, kept, wish.at).amount).toBe(wish.eurMinor)
        }
      }),
      { numRuns: 300, seed: 20261123 },
    )
  })

  it('is not more than they may have', () => {
    expect(setOwnLimit(limitHeld(100n, { own: null, waiting: null }, 0), 101n, 0)).toMatchObject({ decline: { detail: { max: '1.00' } } })
  })

  it('keeps the hour of what waits already where no more is asked for', () => {
    const lowered = limitHeld(100n, { own: 10n, waiting: { eurMinor: 50n, at: 99 } }, 0)
    expect(setOwnLimit(lowered, 40n, 5)).toEqual({ ok: true, value: { own: 10n, waiting: { eurMinor: 40n, at: 99 } } })
    expect(setOwnLimit(lowered, 60n, 5)).toEqual({ ok: true, value: { own: 10n, waiting: { eurMinor: 60n, at: 5 + raiseWaitMs } } })
  })
})

describe('a payment over several days', () => {
  it('has parts that add up to all of it, each within the limits of its day and month', () => {
    const figures = fc.record({
      payment: fc.bigInt(1n, 500n),
      day: fc.bigInt(1n, 900n),
      month: fc.bigInt(1n, 9_000n),
      usedDay: fc.bigInt(0n, 900n),
      usedMonth: fc.bigInt(0n, 9_000n),
    })
    fc.assert(
      fc.property(figures, fc.bigInt(1n, 4_000n), fc.bigInt(1n, 400n), ({ payment, day, month, usedDay, usedMonth }, eurMinor, rate) => {
        const minor = eurMinor * rate
        const bounds = [bound('per_payment', payment), bound('per_day', day, usedDay), bound('per_month', month, usedMonth)]
        const today = '2026-11-22'
        const parts = splitOverDays({ bounds, rail: 'account', minor, eurMinor, today })
        if (!parts) return
        expect(parts.reduce((sum, part) => sum + part.minor, 0n)).toBe(minor)
        expect(parts.map(({ on }) => on)).toEqual([...new Set(parts.map(({ on }) => on))].toSorted())
        const months = new Map<string, bigint>()
        for (const { on, minor: part } of parts) {
          const worth = part / rate
          const isToday = on === today
          const used = (months.get(on.slice(0, 7)) ?? (on.startsWith('2026-11') ? usedMonth : 0n)) + worth
          months.set(on.slice(0, 7), used)
          expect(worth <= payment && worth + (isToday ? usedDay : 0n) <= day && used <= month).toBe(true)
        }
      }),
      { numRuns: 400, seed: 20261123 },
    )
  })

  it('is not divided where it fits today, nor where two months are not enough', () => {
    const bounds = [bound('per_payment', 100n), bound('per_day', 100n), bound('per_month', 100n)]
    expect(splitOverDays({ bounds, rail: 'account', minor: 100n, eurMinor: 100n, today: '2026-11-22' })).toBeUndefined()
    expect(splitOverDays({ bounds, rail: 'account', minor: 901n, eurMinor: 901n, today: '2026-11-22' })).toBeUndefined()
    expect(splitOverDays({ bounds, rail: 'account', minor: 250n, eurMinor: 250n, today: '2026-11-30' })).toEqual([
      { on: '2026-11-30', minor: 100n },
      { on: '2026-12-01', minor: 100n },
      { on: '2027-01-01', minor: 50n },
    ])
  })
})
