import { describe, expect, it } from 'vitest'
import type { Amount } from '#core/money/amount.ts'
import { makeReference } from '#core/rails/reference.ts'
import { cancel, credit, detect, expire, type TopUp } from '#core/topUp/topUp.ts'
import { expectedArrival, isWorkingDay } from '#core/topUp/workingDays.ts'

const eur = (minor: bigint): Amount => ({ currency: 'EUR', minor })
const asked: TopUp = {
  id: '019a0000-0000-7000-8000-000000000001',
  holderId: '019a0000-0000-7000-8000-000000000002',
  state: 'instructed',
  amount: eur(5000n),
  credited: null,
  reference: makeReference('0123456789AB'),
  instructions: { accountHolder: 'OKPAY', account: 'X', bic: '', bankName: 'B', scheme: 'SEPA', epcPayload: null },
  createdAt: 1000,
  expectedBy: 2000,
  expiresAt: 9000,
  problem: null,
  timeline: [{ state: 'instructed', at: 1000 }],
}
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error('declined')
  return outcome.value
}

describe('a top-up', () => {
  it('is credited with what the bank booked, and every state is dated', () => {
    const done = value(credit(detect(asked, 'pending', 3000), eur(4990n), 4000))
    expect(done).toMatchObject({ state: 'credited', credited: eur(4990n), amount: eur(5000n), problem: null })
    expect(done.timeline).toEqual([
      { state: 'instructed', at: 1000 },
      { state: 'detected', at: 3000 },
      { state: 'credited', at: 4000 },
    ])
  })

  it('takes further transfers with its reference: the sum is told, the states stay', () => {
    const once = value(credit(asked, eur(5000n), 3000))
    const twice = value(credit(once, eur(1n), 8000))
    expect(twice.credited).toEqual(eur(5001n))
    expect(twice.timeline).toEqual(once.timeline)
  })

  it('never reopens: cancelled and expired ones take no money, a credited one is neither cancelled nor expired', () => {
    const finished = { ok: false, decline: { code: 'top_up_finished' } }
    expect(credit(value(cancel(asked, 2000)), eur(1n), 3000)).toMatchObject(finished)
    expect(credit(asked, eur(1n), 9000)).toMatchObject(finished)
    const done = value(credit(asked, eur(1n), 3000))
    expect(cancel(done, 4000)).toMatchObject(finished)
    expect(expire(done, 99_000)).toBe(done)
    expect(detect(done, 'reversed', 5000)).toBe(done)
  })

  it('cancelled twice is cancelled once', () => {
    const gone = value(cancel(asked, 2000))
    expect(value(cancel(gone, 3000))).toBe(gone)
  })

  it('neither expires nor can be cancelled once its money was seen', () => {
    const seen = detect(asked, 'pending', 3000)
    expect(expire(seen, 99_000)).toBe(seen)
    expect(cancel(seen, 4000)).toMatchObject({ ok: false })
    expect(value(credit(seen, eur(5000n), 99_000)).state).toBe('credited')
  })
})

describe('the expected day', () => {
  const at = (text: string) => Date.parse(text)
  const target = { workingDays: 1, calendar: 'target' } as const

  it.each([
    ['2026-11-20T09:00:00Z', '2026-11-23T16:00:00.000Z', 'over a weekend'],
    ['2026-11-23T09:00:00Z', '2026-11-24T16:00:00.000Z', 'within a week'],
    ['2026-11-23T17:00:00Z', '2026-11-25T16:00:00.000Z', 'ordered after the end of the day'],
    ['2026-11-22T09:00:00Z', '2026-11-24T16:00:00.000Z', 'ordered on a Sunday'],
    ['2026-12-24T09:00:00Z', '2026-12-28T16:00:00.000Z', 'over Christmas'],
    ['2026-04-02T09:00:00Z', '2026-04-07T16:00:00.000Z', 'over Easter'],
    ['2026-12-31T09:00:00Z', '2027-01-04T16:00:00.000Z', 'over New Year'],
  ])('of a euro transfer on %s is %s: %s', (from, expected) => {
    expect(new Date(expectedArrival(at(from), target)).toISOString()).toBe(expected)
  })

  it('of an instant scheme is hours away on any day', () => {
    expect(expectedArrival(at('2026-11-22T09:00:00Z'), { hours: 2 })).toBe(at('2026-11-22T11:00:00Z'))
  })

  // Source: European Central Bank, TARGET closing days.
  it('knows the closing days of TARGET', () => {
    const closed = [
      '2024-01-01',
      '2024-03-29',
      '2024-04-01',
      '2024-05-01',
      '2025-04-18',
      '2025-04-21',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
    ]
    expect(closed.filter(day => isWorkingDay(at(day), 'target'))).toEqual([])
    expect(['2025-05-09', '2026-05-25', '2026-12-24'].every(day => isWorkingDay(at(day), 'target'))).toBe(true)
    expect(isWorkingDay(at('2026-05-01'), 'weekdays')).toBe(true)
  })
})
