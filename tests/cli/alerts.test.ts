import { expect, test } from 'vitest'
import { done, okpay } from './okpay.ts'

const alert = {
  ...{ id: 'a1', at: '2026-11-22T10:00:00.000Z', state: 'waiting', shop: 'Lumen Books', amount: { currency: 'EUR', value: '900.00' } },
  ...{ device: { id: 'd', name: 'Other computer' }, endsAt: '2026-11-25T10:00:00.000Z', answer: null, isThisDevice: false },
  reasons: [{ rule: 'new_device_large', detail: { eurAmount: '900.00', hours: '1' } }],
}

test('alerts are told with what was seen and by when it is decided', async () => {
  const { code, out } = await okpay(['alerts'], { 'risk.alerts': done({ alerts: [alert] }) })
  expect(code).toBe(0)
  expect(out).toMatch(
    /^€900\.00 to Lumen Books waits.*Was it you\?\n {2}From Other computer.*\n {2}We decide before .*\n {2}- .*used for 1 hour\.\n {2}a1$/,
  )
  expect((await okpay(['alerts'], { 'risk.alerts': done({ alerts: [] }) })).out).toBe('No payment looked unusual.')
})

test('an alert is answered by its id: me or not me', async () => {
  const answers = { 'risk.answer': done(alert) }
  const denied = await okpay(['alerts', 'not-me', 'a1'], answers)
  expect(denied.asked).toEqual([['risk.answer', { id: expect.any(String), alertId: 'a1', mine: false }]])
  expect(denied.out).toContain('Payments are stopped')
  expect((await okpay(['alerts', 'me', 'a1'], answers)).asked).toMatchObject([['risk.answer', { alertId: 'a1', mine: true }]])
  for (const words of [['me'], ['perhaps', 'a1']]) expect(await okpay(['alerts', ...words], answers)).toMatchObject({ code: 64, asked: [] })
})
