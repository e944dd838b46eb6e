import { expect, test } from 'vitest'
import { BridgeFailure } from '#renderer/bridge/failure.ts'
import { reviewFailure } from '#renderer/views/pay/reviewFailure.ts'

const offline = new BridgeFailure({ ok: false, kind: 'fault', code: 'service_offline', reference: '' })
const unknown = new BridgeFailure({ ok: false, kind: 'decline', code: 'order_unknown', detail: {} })

test('a line that breaks under a slip does not take it away, and a refusal does', () => {
  expect(reviewFailure(null, true)).toBeUndefined()
  expect(reviewFailure(offline, true)).toBeUndefined()
  expect(reviewFailure(offline, false)).toBe(offline)
  expect(reviewFailure(unknown, true)).toBe(unknown)
})
