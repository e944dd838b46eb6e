import { expect, test } from 'vitest'
import { done, okpay } from './okpay.ts'

const row = (check: string, finding: string, state: string, more = {}) => ({
  check,
  finding,
  state,
  at: null,
  count: null,
  name: null,
  ...more,
})
const overview = {
  rows: [
    row('second_factor', 'factor_none', 'missing'),
    row('recovery_kit', 'kit_made', 'good', { at: '2026-11-02T10:00:00.000Z' }),
    row('limits', 'limits_hold', 'info'),
  ],
  limits: [],
}
const mail = { id: 'm1', subject: 'Your account with OKPAY is ready', to: 'a@b.c', writtenAt: '2026-11-20T10:00:00.000Z', sentAt: null }
const answers = {
  'securityCentre.overview': done(overview),
  'devices.events': done({ events: [] }),
  'securityCentre.mails': done({ mails: [mail] }),
}

test('the security centre is a summary, a table with what betters each row, and the mails that are ours', async () => {
  const said = await okpay(['security'], answers)
  expect(said.code).toBe(0)
  expect(said.out).toContain('Something that protects you is missing')
  expect(said.out).toMatch(/Second factor +Missing +Your password alone opens your account\. +Turn the app on/)
  expect(said.out).toMatch(/Recovery kit +In order +Made on 2\sNov\./)
  expect(said.out).toContain(mail.subject)
})

test('--json has the same rows, events and mails', async () => {
  const said = await okpay(['security', '--json'], answers)
  expect(JSON.parse(said.out)).toEqual({ ...overview, events: [], mails: [mail] })
})
