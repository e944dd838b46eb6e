import { describe, expect, test } from 'vitest'
import { declineCodes } from '#core/failure/declines.ts'
import { faults } from '#core/failure/faults.ts'
import { sayFailure } from '#locales/failures.ts'

const now = new Date('2026-11-22T12:00:00.000Z')
const said = (code: string, detail: Record<string, string>, locale: 'en' | 'zh-CN' = 'en') =>
  sayFailure(locale, { kind: 'decline', code, detail }, now)

describe('a refusal', () => {
  test('names the figures that it is about', () => {
    const { what, next } = said('over_daily_limit', { currency: 'EUR', limit: '1600.00', used: '965.00', left: '635.00' })
    expect(what).toBe('This is more than you can pay today.')
    expect(next).toBe('Your daily limit is €1,600.00 and €965.00 of it is used. ')
  })
  test('says the same in Chinese, without spaces between sentences', () => {
    expect(said('insufficient_funds', { currency: 'CNY', missing: '38.00', available: '2.00' }, 'zh-CN').whole).toBe(
      '余额不足，还差 ¥\u00a038.00。可用余额 ¥\u00a02.00。没有扣款。',
    )
  })
  test('leaves no hole where the detail lacks a value', () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const code of declineCodes) expect(said(code, {}, locale).whole, code).not.toMatch(/none|undefined|\{|\}| {2}/)
    }
  })
  test('of a code that nobody knows is said as the unexpected fault', () => {
    expect(said('made_up', {}).what).toBe('OKPAY met an error that it did not expect.')
  })
})

test('every fault says what happened and what follows', () => {
  for (const code of Object.keys(faults)) {
    const { what, next } = sayFailure('en', { kind: 'fault', code, detail: {} }, now)
    expect(what, code).not.toBe('')
    expect(next, code).not.toBe('')
  }
})

test('an instant is told by the minute in which it has come', () => {
  const at = (text: string) => said('app_password_wait', { at: text }).next
  expect(at('2026-11-22T12:03:01.000Z')).toBe(at('2026-11-22T12:04:00.000Z'))
  expect(at('2026-11-22T12:03:00.000Z')).not.toBe(at('2026-11-22T12:04:00.000Z'))
})
