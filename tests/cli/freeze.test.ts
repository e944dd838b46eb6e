import { expect, test } from 'vitest'
import { done, okpay } from './okpay.ts'

const at = '2026-11-22T10:00:00.000Z'
const lock = { id: 'l', by: 'holder', reason: 'asked', since: at, opensAt: null, liftedAt: null, steps: [{ step: 'set', at }] }

test('freezing says since when, and what still works; a lock of the service says who lifts it', async () => {
  const frozen = await okpay(['freeze'], { 'accountLock.freeze': done({ standing: [lock], past: [], unlockBy: 'mail' }) })
  expect([frozen.code, frozen.asked]).toEqual([0, [['accountLock.freeze', {}]]])
  expect(frozen.out).toMatch(/^Your account is frozen\nSince 2026-11-22T10:00.*you froze it.*money in, help/)
  const hold = { ...lock, by: 'service', reason: 'risk' }
  const held = await okpay(['freeze'], { 'accountLock.freeze': done({ standing: [hold], past: [], unlockBy: null }) })
  expect(held.out).toContain('two of us together')
})

test('unlocking asks for the password first, and tries nothing where nobody types', async () => {
  const said = await okpay(['unfreeze'])
  expect([said.code, said.asked]).toEqual([2, []])
})
