import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AccountLock,
  agreeToLift,
  type Locker,
  lockAt,
  moneyOut,
  openingWaitMs,
  openLock,
  setAgain,
  setLock,
} from '#core/accountLock/accountLock.ts'

type Act = { readonly do: 'freeze' | 'unfreeze_factor' | 'unfreeze_mail' | 'lock' | 'agree_a' | 'agree_b'; readonly afterMs: number }
type Step = { readonly now: number; readonly act: Act; readonly before: readonly AccountLock[]; readonly after: readonly AccountLock[] }

const wish = (by: Locker, n: number) => ({
  id: `${by} ${n}`,
  holderId: 'h',
  by,
  reason: by === 'holder' ? ('asked' as const) : ('risk' as const),
})
const isStanding = ({ liftedAt }: AccountLock) => liftedAt === null

/** What one act makes of the locks of an account: as the feature does it, where a lock stands or not. */
function doAct(locks: readonly AccountLock[], { do: what }: Act, now: number): readonly AccountLock[] {
  const by: Locker = what === 'lock' || what.startsWith('agree') ? 'service' : 'holder'
  const own = locks.find(lock => lock.by === by && isStanding(lock))
  const replaced = (fresh: AccountLock) => locks.map(lock => (lock === own ? fresh : lock))
  if (what === 'freeze' || what === 'lock')
    return own ? replaced(setAgain(own, { who: 'x', now })) : [...locks, setLock(wish(by, locks.length), { who: 'x', now })]
  if (!own) return locks
  const doing = { who: what === 'agree_a' ? 'a' : what === 'agree_b' ? 'b' : 'h', now }
  const done = by === 'service' ? agreeToLift(own, doing) : openLock(own, what === 'unfreeze_factor' ? 'factor' : 'mail', doing)
  return done.ok ? replaced(done.value) : locks
}

function play(acts: readonly Act[]): readonly Step[] {
  let locks: readonly AccountLock[] = []
  let now = 0
  return acts.map(act => {
    now += act.afterMs
    const before = locks.map(lock => lockAt(lock, now))
    locks = doAct(before, act, now)
    return { now, act, before, after: locks }
  })
}

const acts: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('freeze', 'unfreeze_factor', 'unfreeze_mail', 'lock', 'agree_a', 'agree_b'),
  afterMs: fc.constantFrom(0, 1, openingWaitMs - 1, openingWaitMs, openingWaitMs + 1),
})

describe('the locks of an account, whatever is done to them in whatever order', () => {
  const always = (holds: (step: Step) => void) =>
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), all => {
        for (const step of play(all)) holds(step)
      }),
      { numRuns: 300 },
    )

  test('stop money from the moment that one is set, and while one stands', () =>
    always(({ now, act, after }) => {
      if (act.do === 'freeze' || act.do === 'lock') expect(moneyOut(after, now).ok).toBe(false)
      expect(moneyOut(after, now).ok).toBe(after.every(lock => !isStanding(lock)))
    }))

  test('are at most one for each locker, and none comes back once it is lifted', () =>
    always(({ before, after }) => {
      for (const by of ['holder', 'service'] as const)
        expect(after.filter(lock => lock.by === by && isStanding(lock)).length).toBeLessThan(2)
      for (const lock of before.filter(one => !isStanding(one))) expect(after).toContain(lock)
    }))

  test('are lifted by who set them alone: the person never lifts the lock of the service, nor an operator theirs', () =>
    always(({ act, before, after }) => {
      const lifted = before.filter(lock => isStanding(lock) && after.some(({ id, liftedAt }) => id === lock.id && liftedAt !== null))
      const mayLift: Locker | undefined = act.do === 'unfreeze_factor' ? 'holder' : act.do.startsWith('agree') ? 'service' : undefined
      for (const { by } of lifted) expect(by).toBe(mayLift)
    }))

  test('of the service are lifted by two different operators, whom nothing came between', () =>
    always(({ after }) => {
      for (const { by, liftedAt, steps } of after) {
        if (by === 'holder' || liftedAt === null) continue
        const [first, second] = steps.slice(-2)
        expect([first?.step, second?.step]).toEqual(['agreed', 'lifted'])
        expect(first?.by).not.toBe(second?.by)
      }
    }))

  test('open by mail a day after that was asked for and not a moment before, unless they were set again', () =>
    always(({ after }) => {
      for (const { by, liftedAt, steps } of after) {
        const [asked, end] = steps.slice(-2)
        if (by === 'holder' && liftedAt !== null && asked?.step === 'opening' && end?.by === 'holder:h')
          expect(liftedAt - asked.at).toBe(openingWaitMs)
      }
    }))

  test('keep every state with its date, in order, beginning with the one that set them', () =>
    always(({ before, after }) => {
      for (const { id, since, steps } of after) {
        expect(steps[0]).toMatchObject({ step: 'set', at: since })
        expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((a, b) => a - b))
        const earlier = before.find(lock => lock.id === id)?.steps ?? []
        expect(steps.slice(0, earlier.length)).toEqual(earlier)
      }
    }))
})

test('a refused payment is told who locked the account, why, since when, and when it opens by itself', () => {
  const own = setLock(wish('holder', 0), { who: 'holder:h', now: 0 })
  const opening = openLock(own, 'mail', { who: 'holder:h', now: 0 })
  const since = '1970-01-01T00:00:00.000Z'
  expect(moneyOut([own], 5)).toMatchObject({ decline: { code: 'account_locked', detail: { reason: 'asked', since } } })
  expect(moneyOut(opening.ok ? [opening.value] : [], 5)).toMatchObject({ decline: { detail: { opens: '1970-01-02T00:00:00.000Z' } } })
  const service = setLock(wish('service', 1), { who: 'service', now: 0 })
  expect(moneyOut([own, service], 5)).toMatchObject({ decline: { code: 'security_hold', detail: { reason: 'risk', since } } })
  expect(openLock(service, 'factor', { who: 'holder:h', now: 1 })).toMatchObject({ decline: { code: 'security_hold' } })
})
