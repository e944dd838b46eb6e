import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultConfig } from '#service/config.ts'
import { textAddress } from '#service/features/contactDetails/texts.ts'
import { serviceConfig } from '#service/program/settings.ts'
import { codeIn, goodPassword, newDevice, newId, type Person, type RealService, realService, registered } from './realService.ts'

let service: RealService
beforeAll(async () => {
  service = await realService()
})
afterAll(() => service.stop())

const hourMs = 3_600_000
const ask = (person: Person, method: string, path: string, body?: object) => service.call(method, path, body, person.token)
const details = async (person: Person) => (await ask(person, 'GET', '/v1/contact-details')).body
const start = (person: Person, wish: object, more: object = {}) =>
  ask(person, 'POST', '/v1/contact-details/changes', { wish, password: goodPassword, proof: null, ...more })
const finish = (person: Person, id: string, code: string) => ask(person, 'POST', `/v1/contact-details/changes/${id}/code`, { code })
const latestTo = async (to: string) => (await service.mails()).find((mail: { to: string }) => mail.to === to)
const signIn = (email: string) => service.call('POST', '/v1/sessions', { email, password: goodPassword, device: newDevice().device })
const freshEmail = () => `new-${newId()}@example.org`
const acts = async ({ holderId }: Person) =>
  (await service.ports.store.read(tx => tx.audit.page(0, 10_000)))
    .filter(({ object }) => object === `holder:${holderId}`)
    .map(({ act }) => act)

/** Lets a new e-mail or number hold with the code that went there. */
async function changes(person: Person, wish: { kind: 'email'; email: string } | { kind: 'phone'; phone: string }) {
  const { body } = await start(person, wish)
  expect(body.state).toBe('code')
  const done = await finish(person, body.changeId, codeIn((await latestTo(wish.kind === 'email' ? wish.email : wish.phone)).text))
  service.moves(61_000)
  return done
}

/** The link of the newest mail to somebody, and its page. */
async function linkTo(to: string): Promise<string> {
  const [url = ''] = /https?:\S+\/mail\/contactUndo\/\S+/.exec((await latestTo(to)).text) ?? []
  return url
}
const look = async (url: string, method = 'GET') => {
  const reply = await fetch(url, { method, headers: { 'accept-language': 'en' } })
  return { status: reply.status, text: await reply.text() }
}

describe('another e-mail', () => {
  it('takes the password and the code that went to it; then it signs in and the old one does not', async () => {
    const ana = await registered(service)
    const email = freshEmail()
    const wish = { kind: 'email', email }
    expect((await start(ana, wish, { password: 'not it at all' })).body.code).toBe('credentials_wrong')
    const { body } = await start(ana, wish)
    expect(body).toMatchObject({ state: 'code', deliveredBy: 'sandbox_mailbox' })
    const code = codeIn((await latestTo(email)).text)
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await finish(ana, body.changeId, wrong)).body).toMatchObject({ code: 'code_wrong', detail: { triesLeft: '4' } })
    expect((await details(ana)).email).toBe(ana.email)
    const bob = await registered(service)
    expect((await finish(bob, body.changeId, code)).body.code).toBe('not_found')
    expect((await finish(ana, body.changeId, code)).body).toMatchObject({ email, undo: [{ kind: 'email' }] })
    expect((await finish(ana, body.changeId, code)).body.code).toBe('not_found')
    expect((await signIn(email)).status).toBe(200)
    expect((await signIn(ana.email)).body.code).toBe('credentials_wrong')
    expect(await ana.events()).toContainEqual(expect.objectContaining({ type: 'profile', profile: expect.objectContaining({ email }) }))
    expect(await acts(ana)).toEqual(['contact.changed'])
  })

  it('takes the second factor for that very wish', async () => {
    const ana = await registered(service)
    const { secret } = (await ask(ana, 'POST', '/v1/second-factor/app', {})).body
    const code = () => generateSync({ secret, epoch: Math.floor(service.now() / 1000) })
    await ask(ana, 'POST', '/v1/second-factor/app/confirmation', { code: code() })
    const wish = { kind: 'email', email: freshEmail() }
    expect((await start(ana, wish)).body.code).toBe('second_factor_required')
    service.moves(30_000)
    const { challengeId } = (await ask(ana, 'POST', '/v1/challenges', { act: { kind: 'contact', wish } })).body
    await service.call('POST', `/v1/challenges/${challengeId}/answer`, { way: 'app', code: code() })
    expect((await start(ana, { ...wish, email: freshEmail() }, { proof: challengeId })).body.code).toBe('second_factor_required')
    expect((await start(ana, wish, { proof: challengeId })).body.state).toBe('code')
  })

  it('that has an account looks the same from outside, and no code fits it', async () => {
    const [ana, bob] = [await registered(service), await registered(service)]
    const { body } = await start(ana, { kind: 'email', email: bob.email })
    expect(body.state).toBe('code')
    expect((await latestTo(bob.email)).subject).toContain('already have an account')
    expect((await finish(ana, body.changeId, '123456')).body.code).toBe('code_wrong')
    expect((await start(ana, { kind: 'email', email: freshEmail() })).body.code).toBe('code_resend_wait')
    service.moves(61_000)
    expect((await start(ana, { kind: 'email', email: ana.email })).body.code).toBe('contact_unchanged')
    expect((await start(ana, { kind: 'email', email: 'nobody' })).body.code).toBe('email_invalid')
  })

  it('is taken back by a press on the link in the mail to the old one, with all later ones, and the device is signed out', async () => {
    const ana = await registered(service)
    const other = (await signIn(ana.email)).body.token
    const [second, third] = [freshEmail(), freshEmail()]
    await changes(ana, { kind: 'email', email: second })
    const url = await linkTo(ana.email)
    await changes(ana, { kind: 'email', email: third })
    const thief = (await signIn(third)).body.token
    const opened = await look(url)
    expect([opened.status, opened.text]).toEqual([200, expect.stringContaining('Take it back')])
    expect((await details(ana)).email).toBe(third)
    expect((await look(url, 'POST')).text).toContain('holds again as before')
    expect((await ask(ana, 'GET', '/v1/contact-details')).body.code).toBe('device_revoked')
    expect((await service.call('GET', '/v1/contact-details', undefined, thief)).body.code).toBe('device_revoked')
    expect((await service.call('GET', '/v1/contact-details', undefined, other)).body).toMatchObject({ email: ana.email, undo: [] })
    expect([(await look(url)).status, (await look(url, 'POST')).status, (await look(await linkTo(second), 'POST')).status]).toEqual([
      404, 404, 404,
    ])
    expect((await latestTo(ana.email)).subject).toContain('the one of before')
    expect(await acts(ana)).toEqual(['contact.changed', 'contact.changed', 'contact.change_undone'])
  })

  it('can be taken back for 72 hours; until then nobody else gets an account with the old one', async () => {
    const ana = await registered(service)
    await changes(ana, { kind: 'email', email: freshEmail() })
    const url = await linkTo(ana.email)
    const register = async () => {
      await service.call('POST', '/v1/registrations', { email: ana.email, locale: 'en' })
      return (await latestTo(ana.email)).subject
    }
    expect(await register()).toContain('already have an account')
    service.moves(72 * hourMs)
    expect((await look(url, 'POST')).status).toBe(404)
    expect(await register()).toContain('Your code')
  })

  it('goes back to the old one by its own person meanwhile', async () => {
    const ana = await registered(service)
    await changes(ana, { kind: 'email', email: freshEmail() })
    expect((await changes(ana, { kind: 'email', email: ana.email })).body).toMatchObject({ email: ana.email })
  })
})

describe('a text message', () => {
  const mailer = { deliveredBy: 'smtp', send: async () => {} } as const
  const none = { ...defaultConfig, operatorToken: 'a token' }

  it('goes as a mail to the gateway of the service', () => {
    const config = { ...none, textGateway: 'texts.example.net' }
    expect(textAddress({ mailer, config }, '+4915123456789')).toBe('4915123456789@texts.example.net')
    expect(serviceConfig({}, { OKPAY_TEXT_GATEWAY: 'texts.example.net' }, String).textGateway).toBe('texts.example.net')
  })

  it('without one goes nowhere, and a gateway that is no domain is refused when the service starts', () => {
    expect(textAddress({ mailer, config: none }, '+4915123456789')).toBeUndefined()
    expect(() => serviceConfig({}, { OKPAY_TEXT_GATEWAY: 'texts example' }, String)).toThrow()
  })
})

describe('a telephone number and an address', () => {
  it('a number takes a code by text; the old number and the e-mail are told of another one', async () => {
    const ana = await registered(service)
    expect((await start(ana, { kind: 'phone', phone: '0151 2345' })).body.code).toBe('phone_invalid')
    expect((await changes(ana, { kind: 'phone', phone: '+4915123456789' })).body.phone).toBe('+4915123456789')
    await changes(ana, { kind: 'phone', phone: '+8613800138000' })
    expect((await latestTo('+4915123456789')).text).toContain('+86…00')
    expect((await look(await linkTo(ana.email), 'POST')).status).toBe(200)
    const again = { ...ana, token: (await signIn(ana.email)).body.token }
    expect((await details(again)).phone).toBe('+4915123456789')
  })

  it('an address holds at once, and can be taken back too', async () => {
    const ana = await registered(service)
    const address = { street: 'Lange Gasse 5', city: 'Berlin', postalCode: '10115', country: 'DE' }
    expect((await start(ana, { kind: 'address', address: { ...address, city: '' } })).body).toMatchObject({
      ...{ code: 'address_invalid', detail: { field: 'city' } },
    })
    expect((await start(ana, { kind: 'address', address })).body).toMatchObject({ state: 'done', details: { address } })
    expect((await start(ana, { kind: 'address', address })).body.code).toBe('contact_unchanged')
    expect((await look(await linkTo(ana.email), 'POST')).status).toBe(200)
    const again = { ...ana, token: (await signIn(ana.email)).body.token }
    expect((await details(again)).address).toBeNull()
  })

  it('a link that nobody was sent is good for nothing, and no page of another site presses it', async () => {
    const url = `${service.url}/mail/contactUndo/${'A'.repeat(43)}`
    expect((await look(url)).status).toBe(404)
    expect((await look(`${service.url}/mail/contactUndo/%22%3E%3Cscript%3E`)).text).not.toContain('<script>')
    expect((await fetch(url, { method: 'POST', headers: { origin: 'https://elsewhere.example' } })).status).toBe(403)
  })
})
