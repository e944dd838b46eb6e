import { describe, expect, it } from 'vitest'
import { questions } from '#core/securityCentre/questions.ts'
import { type Check, checks, review, type SafetyFacts, summaryOf } from '#core/securityCentre/review.ts'

const day = 86_400_000
const now = 1_000 * day
const safety = { appSince: 5, mailSince: null, recoveryLeft: 10, passwordChangedAt: now - day, resetAt: null, mailPhrase: 'seven kettles' }
const laptop = { name: 'Laptop', addedAt: now - 20 * day, isThis: true }
const sound: SafetyFacts = { now, heldSince: null, safety, devices: [laptop], kitMadeAt: 7, lockAfterMinutes: 10, learntAt: 8 }

const finding = (check: Check, facts: Partial<SafetyFacts>) => review({ ...sound, ...facts }).find(row => row.check === check)

describe('the security centre', () => {
  it('has a row for each check, in order, and all is good where all is done', () => {
    const rows = review(sound)
    expect(rows.map(({ check }) => check)).toEqual(checks)
    expect(rows.filter(({ state }) => state !== 'good').map(({ check }) => check)).toEqual(['limits'])
    expect(summaryOf(rows.map(({ state }) => state))).toBe('good')
  })

  it.each([
    ['second_factor', { safety: { ...safety, appSince: null } }, 'factor_none', 'missing'],
    ['second_factor', { safety: { ...safety, appSince: null, mailSince: 3 } }, 'factor_mail', 'better'],
    ['second_factor', { safety: { ...safety, recoveryLeft: 2 } }, 'factor_recovery_low', 'better'],
    ['second_factor', { safety: { ...safety, recoveryLeft: 3 } }, 'factor_app', 'good'],
    ['account', { heldSince: 4 }, 'account_held', 'look'],
    ['account', { heldSince: 4, safety: null }, 'account_held', 'look'],
    ['account', { safety: { ...safety, resetAt: now + day } }, 'reset_waiting', 'look'],
    ['password', { safety: { ...safety, passwordChangedAt: now - 365 * day } }, 'password_old', 'better'],
    ['mail_phrase', { safety: { ...safety, mailPhrase: null } }, 'phrase_none', 'better'],
    ['recovery_kit', { kitMadeAt: null }, 'kit_none', 'missing'],
    ['app_lock', { lockAfterMinutes: null }, 'lock_never', 'missing'],
    ['knowledge', { learntAt: null }, 'knowledge_open', 'better'],
  ] as const)('%s %j is %s', (check, facts, found, state) => {
    expect(finding(check, facts)).toMatchObject({ finding: found, state })
  })

  it('shows a device that came after this one for a week, and none that was there before', () => {
    const phone = { name: 'Phone', addedAt: now - 7 * day + 1, isThis: false }
    expect(finding('devices', { devices: [laptop, phone] })).toMatchObject({ finding: 'device_new', name: 'Phone', at: phone.addedAt })
    expect(finding('devices', { devices: [laptop, { ...phone, addedAt: now - 7 * day }] })).toMatchObject({
      finding: 'devices_known',
      count: 2,
    })
    expect(finding('devices', { devices: [{ ...laptop, addedAt: now }, phone] })?.finding).toBe('devices_known')
  })

  it('says that it does not know what only the service knows, and tells the rest', () => {
    const rows = review({ ...sound, safety: null, devices: null })
    const unknown = rows.filter(({ state }) => state === 'unknown').map(({ check }) => check)
    expect(unknown).toEqual(['account', 'second_factor', 'password', 'devices', 'mail_phrase'])
    expect(summaryOf(rows.map(({ state }) => state))).toBe('unknown')
  })

  it('begins with what needs the person, then with what is missing', () => {
    expect(summaryOf(['good', 'better', 'missing', 'look'])).toBe('look')
    expect(summaryOf(['unknown', 'better', 'missing'])).toBe('missing')
    expect(summaryOf(['info', 'good'])).toBe('good')
  })
})

it('each question has its right answer among its answers, and not always at the same place', () => {
  for (const { answers, right } of questions) expect(answers).toContain(right)
  expect(new Set(questions.map(({ right }) => right)).size).toBeGreaterThan(1)
})
