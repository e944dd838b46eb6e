import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId, type RealService, realService, registered } from './realService.ts'

let service: RealService
beforeAll(async () => {
  service = await realService()
})
afterAll(() => service.stop())

type MailShown = { readonly to: string; readonly text: string }
const latestTo = async (email: string) => (await service.mails()).find((mail: MailShown) => mail.to === email)

it('stands first in each mail to who chose it, and in none to anybody else', async () => {
  const ana = await registered(service)
  const set = (phrase: string, proof: string | null = null) => service.call('POST', '/v1/mail-phrase', { phrase, proof }, ana.token)
  expect((await set('seven quiet kettles')).body.mailPhrase).toBe('seven quiet kettles')
  expect((await latestTo(ana.email)).text).toMatch(/^Your phrase: seven quiet kettles\n\nHello/)
  const many = (await service.mails()).length
  await set('seven quiet kettles')
  expect(await service.mails()).toHaveLength(many)

  // Somebody who knows the address alone makes a mail of ours, which has it too; one to an address without an account has none.
  await service.call('POST', '/v1/password-resets', { email: ana.email, locale: 'en' })
  expect((await latestTo(ana.email)).text).toMatch(/^Your phrase: seven quiet kettles\n\nYour code is/)
  const nobody = `nobody-${newId()}@example.org`
  await service.call('POST', '/v1/password-resets', { email: nobody, locale: 'en' })
  expect((await latestTo(nobody)).text).not.toMatch(/phrase/)
  expect((await set(ana.email)).body.code).toBe('mail_phrase_known')
})

it('is changed only with a code where a second factor is on', async () => {
  const ana = await registered(service)
  const ask = (method: string, path: string, body?: object) => service.call(method, path, body, ana.token)
  const { secret } = (await ask('POST', '/v1/second-factor/app', {})).body
  const code = () => generateSync({ secret, epoch: Math.floor(service.now() / 1000) })
  await ask('POST', '/v1/second-factor/app/confirmation', { code: code() })
  service.moves(30_000)
  const phrase = 'a kettle of seven teas'
  expect((await ask('POST', '/v1/mail-phrase', { phrase, proof: null })).body.code).toBe('second_factor_required')
  const { challengeId } = (await ask('POST', '/v1/challenges', { act: { kind: 'phrase' } })).body
  await service.call('POST', `/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })
  expect((await ask('POST', '/v1/mail-phrase', { phrase, proof: challengeId })).body.mailPhrase).toBe(phrase)
  expect((await ask('POST', '/v1/mail-phrase', { phrase: 'another one of them', proof: challengeId })).body.code).toBe(
    'second_factor_required',
  )
})
