import { describe, expect, it } from 'vitest'
import { setLock } from '#core/accountLock/accountLock.ts'
import { merchantFee } from '#core/fees/merchantFee.ts'
import type { LimitBound } from '#core/limits/limits.ts'
import type { LimitKind } from '#core/limits/policy.ts'
import { divideHalfEven } from '#core/money/halfEven.ts'
import { cancelOrder, holdOrder, type Order, orderAt, settleOrder } from '#core/payment/order.ts'
import { decidePayment, type PaymentSnapshot, paymentLegs } from '#core/payment/payment.ts'

const order: Order = {
  id: 'o',
  code: 'ABCDEFGH',
  state: 'open',
  shop: { id: 's', name: 'Shop', verified: true, sandbox: true },
  shopReference: 'S-1',
  lines: [],
  currency: 'EUR',
  minor: 2490n,
  createdAt: 0,
  expiresAt: 1000,
  returnUrl: null,
  onlyIn: null,
  paymentId: null,
  timeline: [{ state: 'open', at: 0 }],
}
const bound = (kind: LimitKind, most: bigint, used = 0n): LimitBound => ({
  kind,
  rail: null,
  most,
  used,
  endsAt: kind === 'per_payment' ? null : 2000,
})
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error('declined')
  return outcome.value
}

describe('an order', () => {
  it('goes open, held, paid, each dated', () => {
    const paid = value(settleOrder(value(holdOrder(order, 'p', 5)), 6))
    expect(paid).toMatchObject({ state: 'paid', paymentId: 'p' })
    expect(paid.timeline).toEqual([
      { state: 'open', at: 0 },
      { state: 'held', at: 5 },
      { state: 'paid', at: 6 },
    ])
  })

  it('never leaves a last state', () => {
    const paid = value(settleOrder(value(holdOrder(order, 'p', 5)), 6))
    const cancelled = value(cancelOrder(order, 5))
    const expired = orderAt(order, 1000)
    expect(expired.state).toBe('expired')
    expect(holdOrder(paid, 'q', 7)).toMatchObject({ decline: { code: 'order_already_paid' } })
    expect(cancelOrder(paid, 7)).toMatchObject({ decline: { code: 'order_already_paid' } })
    expect(holdOrder(cancelled, 'q', 7)).toMatchObject({ decline: { code: 'order_cancelled' } })
    expect(holdOrder(expired, 'q', 1001)).toMatchObject({ decline: { code: 'order_expired' } })
    expect(cancelOrder(expired, 1001)).toMatchObject({ decline: { code: 'order_expired' } })
    expect(orderAt(paid, 9999)).toBe(paid)
    expect(cancelOrder(cancelled, 9999)).toEqual({ ok: true, value: cancelled })
  })
})

describe('the decision of a payment', () => {
  const good: PaymentSnapshot = {
    order,
    payer: { country: 'SG' },
    locks: [],
    account: { id: 'holder:h:EUR', status: 'open', posted: 2490n, held: 0n, version: 1, chain: '' },
    limits: [bound('per_payment', 2490n), bound('per_day', 2490n), bound('per_month', 2490n)],
    agreed: { shopId: 's', currency: 'EUR', minor: 2490n },
    eurMinor: 2490n,
    now: 1,
  }
  /** Each makes one more thing wrong, from the last of the table to the first: what is told is always the first. */
  const wrongs: readonly (readonly [string, Partial<PaymentSnapshot>])[] = [
    ['insufficient_funds', { account: { id: 'holder:h:EUR', status: 'open', posted: 2490n, held: 1n, version: 1, chain: '' } }],
    ['over_daily_limit', { limits: [bound('per_day', 2490n, 1n)] }],
    ['over_monthly_limit', { limits: [bound('per_day', 2490n, 1n), bound('per_month', 2490n, 1n)] }],
    ['over_payment_limit', { limits: [bound('per_day', 2490n, 1n), bound('per_month', 2490n, 1n), bound('per_payment', 2489n)] }],
    ['currency_not_held', { account: undefined }],
    ['merchant_restriction', { order: { ...order, onlyIn: ['IS'] } }],
    ['account_locked', { locks: [setLock({ id: 'l', holderId: 'h', by: 'holder', reason: 'asked' }, { who: 'holder:h', now: 0 })] }],
    ['security_hold', { locks: [setLock({ id: 'm', holderId: 'h', by: 'service', reason: 'risk' }, { who: 'service', now: 0 })] }],
    ['order_changed', { agreed: { shopId: 's', currency: 'EUR', minor: 2489n } }],
    ['order_expired', { now: 1000 }],
  ]

  it('takes what it is worth from the limits', () => {
    expect(decidePayment(good)).toEqual({ ok: true, value: 2490n })
  })

  it('tells the first of all reasons, in the order of the table', () => {
    let snapshot = good
    for (const [code, wrong] of wrongs) {
      snapshot = { ...snapshot, ...wrong }
      expect(decidePayment(snapshot)).toMatchObject({ ok: false, decline: { code } })
    }
  })

  it('refuses what nobody can measure', () => {
    expect(decidePayment({ ...good, eurMinor: undefined })).toMatchObject({ decline: { code: 'over_payment_limit' } })
  })
})

describe('the shop’s fee', () => {
  it('is one percent, a tie to the even unit', () => {
    expect([2490n, 50n, 150n, 250n, 49n, 1n].map(merchantFee)).toEqual([25n, 0n, 2n, 2n, 0n, 0n])
    expect(divideHalfEven(-5n, 10n)).toBe(0n)
    expect(divideHalfEven(-15n, 10n)).toBe(-2n)
  })

  it('is its own leg, and the legs add up to nothing', () => {
    for (const minor of [1n, 50n, 51n, 2490n, 10n ** 24n]) {
      const legs = paymentLegs({ ...order, minor }, 'holder:h:EUR')
      expect(legs.reduce((sum, leg) => sum + leg.minor, 0n)).toBe(0n)
      expect(legs.every(leg => leg.minor !== 0n)).toBe(true)
    }
  })
})
