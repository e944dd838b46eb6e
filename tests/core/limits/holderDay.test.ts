import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HolderDays, holderDay, monthEnds, moveDay } from '#core/limits/holderDay.ts'

const at = (text: string) => Date.parse(text)
const hourMs = 3_600_000
const living = (timeZone: string): HolderDays => ({ timeZone, held: null })
const span = (days: HolderDays, when: string) => {
  const { day, endsAt } = holderDay(days, at(when))
  return [day, new Date(endsAt).toISOString()]
}

describe('the day of a holder who travels', () => {
  it('to the east goes on until it is over at home, and then until midnight there', () => {
    const there = moveDay(living('America/Los_Angeles'), 'Asia/Shanghai', at('2026-11-22T20:00:00.000Z'))
    expect(span(there, '2026-11-23T07:59:59.999Z')).toEqual(['2026-11-22', '2026-11-23T16:00:00.000Z'])
    expect(span(there, '2026-11-23T15:59:59.999Z')).toEqual(['2026-11-22', '2026-11-23T16:00:00.000Z'])
    expect(span(there, '2026-11-23T16:00:00.000Z')).toEqual(['2026-11-24', '2026-11-24T16:00:00.000Z'])
  })

  it('to the west goes on until midnight there', () => {
    const there = moveDay(living('Asia/Shanghai'), 'America/Los_Angeles', at('2026-11-22T12:00:00.000Z'))
    expect(span(there, '2026-11-22T18:00:00.000Z')).toEqual(['2026-11-22', '2026-11-23T08:00:00.000Z'])
    expect(span(there, '2026-11-23T08:00:00.000Z')).toEqual(['2026-11-23', '2026-11-24T08:00:00.000Z'])
  })

  it('does not begin again where the same date does, from one end of the earth to the other', () => {
    const there = moveDay(living('Pacific/Kiritimati'), 'Etc/GMT+12', at('2026-11-22T09:00:00.000Z'))
    expect(span(there, '2026-11-22T09:00:00.000Z')).toEqual(['2026-11-22', '2026-11-23T12:00:00.000Z'])
    expect(span(there, '2026-11-23T12:00:00.000Z')[0]).toBe('2026-11-23')
  })

  it('ends where it would have for who is back before it is over', () => {
    const home = living('Europe/Berlin')
    const there = moveDay(home, 'Asia/Tokyo', at('2026-11-22T08:00:00.000Z'))
    expect(span(moveDay(there, 'Europe/Berlin', at('2026-11-22T21:00:00.000Z')), '2026-11-22T21:00:00.000Z')).toEqual(
      span(home, '2026-11-22T21:00:00.000Z'),
    )
  })

  it('is as long as the clock says where summer time begins and ends', () => {
    expect(span(living('Europe/Berlin'), '2026-03-29T00:00:00.000Z')).toEqual(['2026-03-29', '2026-03-29T22:00:00.000Z'])
    expect(span(living('Europe/Berlin'), '2026-10-24T22:00:00.000Z')).toEqual(['2026-10-25', '2026-10-25T23:00:00.000Z'])
  })

  it('is never shorter than 23 hours and never comes again, however often the zone is changed', () => {
    const zone = fc.constantFrom(
      'Etc/GMT+12',
      'America/Los_Angeles',
      'UTC',
      'Europe/Berlin',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Kiritimati',
    )
    const moves = fc.array(fc.record({ zone, afterMinutes: fc.integer({ min: 1, max: 60 * 60 }) }), { minLength: 1, maxLength: 25 })
    const start = fc.integer({ min: at('2026-01-01T00:00:00.000Z'), max: at('2026-12-31T00:00:00.000Z') })
    fc.assert(
      fc.property(zone, start, moves, (home, begin, trip) => {
        let days = living(home)
        let now = begin
        let known = holderDay(days, now)
        let began: number | undefined
        for (const { zone: next, afterMinutes } of trip) {
          const until = now + afterMinutes * 60_000
          while (known.endsAt <= until) {
            // The first day began before this story does.
            if (began !== undefined) expect(known.endsAt - began).toBeGreaterThanOrEqual(23 * hourMs)
            began = known.endsAt
            const following = holderDay(days, known.endsAt)
            expect(following.day > known.day).toBe(true)
            known = following
          }
          now = until
          days = moveDay(days, next, now)
          const moved = holderDay(days, now)
          expect(moved.day).toBe(known.day)
          known = moved
        }
      }),
      { numRuns: 150, seed: 20261123 },
    )
  })
})

describe('the month of a holder', () => {
  it('ends at the first midnight of the next one, where they live', () => {
    const end = (zone: string, when: string) => new Date(monthEnds(living(zone), at(when))).toISOString()
    expect(end('Asia/Shanghai', '2026-11-22T04:00:00.000Z')).toBe('2026-11-30T16:00:00.000Z')
    expect(end('America/New_York', '2026-12-31T23:00:00.000Z')).toBe('2027-01-01T05:00:00.000Z')
    expect(end('Europe/Berlin', '2026-10-03T00:00:00.000Z')).toBe('2026-10-31T23:00:00.000Z')
  })

  it('goes on with a day that was held over its end', () => {
    const there = moveDay(living('America/Los_Angeles'), 'Asia/Shanghai', at('2026-11-30T20:00:00.000Z'))
    expect(new Date(monthEnds(there, at('2026-11-30T20:00:00.000Z'))).toISOString()).toBe('2026-12-01T16:00:00.000Z')
  })
})
