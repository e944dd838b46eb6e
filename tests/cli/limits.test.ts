import { expect, test } from 'vitest'
import { done, okpay } from './okpay.ts'

const euro = (value: string) => ({ currency: 'EUR', value })
const nothing = { requested: null, waiting: null, answered: null }
const perDay = {
  ...nothing,
  ...{ kind: 'per_day', rail: null, amount: euro('600.00'), most: euro('5000.00'), used: euro('100.00'), left: euro('500.00') },
  freesUpAt: '2026-11-24T00:00:00.000Z',
}
const overview = { limits: [perDay], timeZone: 'Asia/Shanghai', here: 'UTC' }

test('limits are a table of what may be paid, what is used and when it frees up', async () => {
  const said = await okpay(['limits'], { 'limits.overview': done(overview) })
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/Per day +€600\.00 +€100\.00 +€500\.00/)
  expect(said.out).toContain('China Standard Time')
})

test('a higher limit of one’s own is told with the instant from which it holds', async () => {
  const waiting = { amount: euro('900.00'), at: '2026-11-23T12:00:00.000Z' }
  const said = await okpay(['limits', 'set', 'per_day', 'eur', '900'], { 'limits.set': done({ ...perDay, waiting }) })
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/€900\.00 .*23.Nov/)
})

test.each([
  ['set', 'per_year', 'EUR', '1'],
  ['set', 'per_day', 'EUR', '-1'],
  ['raise', 'per_day', 'EUR', '9000'],
  ['raise', 'per_day', 'EUR', '9000', 'a car', '--source', 'luck'],
  ['nonsense'],
])('what is no act on limits is used wrongly: %s %s', async (...words) => {
  expect((await okpay(['limits', ...words])).code).toBe(64)
})
