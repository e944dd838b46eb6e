import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeIn, goodPassword, newDevice, newId, type RealService, realService, registered } from './realService.ts'

let service: RealService
beforeAll(async () => {
  service = await realService()
})
afterAll(() => service.stop())

const start = (email: string, locale = 'en') => service.call('POST', '/v1/registrations', { email, locale })
const verify = (id: string, code: string) => service.call('POST', `/v1/registrations/${id}/verification`, { code })
const resend = (id: string) => service.call('POST', `/v1/registrations/${id}/code`, {})
const newEmail = () => `person-${newId()}@example.org`
const latestTo = async (email: string) => (await service.mails()).find((mail: { to: string }) => mail.to === email)
const form = (more: object = {}) => ({
  ...{ name: 'Ana Li', country: 'DE', bornOn: '1990-05-17', password: goodPassword, timeZone: 'Europe/Berlin' },
  device: newDevice().device,
  ...more,
})
const signIn = (email: string, password: string) => service.call('POST', '/v1/sessions', { email, password, device: newDevice().device })

async function begun(email = newEmail()) {
  const { body } = await start(email)
  return { email, id: body.registrationId, code: codeIn((await latestTo(email)).text) }
}

async function proven() {
  const of = await begun()
  await verify(of.id, of.code)
  return of
}

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('registering', () => {
  it('takes an e-mail, its code, a name, a country and a password, and signs the device in', async () => {
    const ana = await registered(service)
    const events = await ana.events()
    expect(events[0]).toMatchObject({ type: 'profile', profile: { email: ana.email, name: 'Ana Li', country: 'DE' } })
    expect((await latestTo(ana.email)).subject).toContain('is ready')
  })

  it('writes to people in their language, and says that it is a sandbox', async () => {
    const email = newEmail()
    await start(email, 'zh-CN')
    const mail = await latestTo(email)
    expect(mail.subject).toContain('验证码')
    expect(mail.text).toContain('沙盒')
  })

  it.each(['', 'ana', 'ana@localhost', 'ana@example.org\r\nBcc: all@example.org', 'ána@example.org'])(
    'refuses %j as no e-mail',
    async email => {
      expect((await start(email)).body).toMatchObject({ code: 'email_invalid' })
    },
  )

  it('refuses a throw-away domain, and what stands below it, by name', async () => {
    expect((await start('ana@mailinator.com')).body).toMatchObject({ code: 'email_throwaway', detail: { domain: 'mailinator.com' } })
    expect((await start('ana@mx1.MAILINATOR.com')).body).toMatchObject({ code: 'email_throwaway' })
    expect((await start(`ana-${newId()}@student.uw.edu.pl`)).status).toBe(200)
  })

  it('gives an e-mail that has an account the same answer, and tells its owner by mail', async () => {
    const ana = await registered(service)
    service.moves(61_000)
    const answer = await start(ana.email.toUpperCase())
    expect(Object.keys(answer.body).sort()).toEqual(['codeExpiresAt', 'deliveredBy', 'registrationId', 'resendAt'])
    expect((await latestTo(ana.email)).subject).toContain('already have an account')
    const guess = await verify(answer.body.registrationId, '000000')
    expect(guess.body).toMatchObject({ code: 'code_wrong', detail: { triesLeft: '4' } })
  })
})

describe('a code', () => {
  it('is good for five tries, each counted, and then void even when right', async () => {
    const { id, code } = await begun()
    for (const left of ['4', '3', '2', '1'])
      expect((await verify(id, other(code))).body).toMatchObject({ code: 'code_wrong', detail: { triesLeft: left } })
    expect((await verify(id, other(code))).body.code).toBe('code_tries_used_up')
    expect((await verify(id, code)).body.code).toBe('code_tries_used_up')
  })

  it('tried thirty times at once is tried five times', async () => {
    const { id, code } = await begun()
    const wrong = Array.from({ length: 30 }, (_, n) => String(n).padStart(6, '0')).filter(guess => guess !== code)
    const answers = await Promise.all(wrong.map(guess => verify(id, guess)))
    expect(answers.filter(({ body }) => body.code === 'code_wrong')).toHaveLength(4)
  })

  it.each(['', ' ', 'abcdef', '１２３４５６', '١٢٣٤٥٦', '12345'])('%j is none, and costs no try', async text => {
    const { id, code } = await begun()
    expect((await verify(id, text)).body).toMatchObject({ code: 'code_wrong', detail: { triesLeft: '5' } })
    expect((await verify(id, code)).status).toBe(200)
  })

  it('holds for ten minutes', async () => {
    const early = await begun()
    const late = await begun()
    service.moves(599_000)
    expect((await verify(early.id, early.code)).status).toBe(200)
    service.moves(2_000)
    expect((await verify(late.id, late.code)).body.code).toBe('code_expired')
  })

  it('can be sent anew after 60 s, which makes the old one void', async () => {
    const { email, id, code } = await begun()
    const soon = await resend(id)
    expect(soon).toMatchObject({ status: 429, body: { code: 'code_resend_wait' } })
    expect(Date.parse(soon.body.detail.at)).toBeGreaterThan(service.now())
    expect((await start(email)).body.code).toBe('code_resend_wait')
    service.moves(60_001)
    expect((await resend(id)).status).toBe(200)
    const fresh = codeIn((await latestTo(email)).text)
    if (fresh !== code) expect((await verify(id, code)).body.code).toBe('code_wrong')
    expect((await verify(id, fresh)).status).toBe(200)
  })

  it('is sent ten times a day to one e-mail at most', async () => {
    const { id } = await begun()
    for (let sent = 1; sent < 10; sent += 1) {
      service.moves(61_000)
      expect((await resend(id)).status).toBe(200)
    }
    service.moves(61_000)
    const { body } = await resend(id)
    expect(body.code).toBe('code_resend_wait')
    expect(Date.parse(body.detail.at) - service.now()).toBeGreaterThan(20 * 3_600_000)
  })

  it('stands nowhere in the book but in its mail', async () => {
    const { id, code } = await begun()
    const kept = await service.ports.store.read(tx => tx.registrations.find(id))
    expect(kept?.codeHash).toMatch(/^\$argon2id\$/)
    expect(JSON.stringify(kept)).not.toContain(code)
  })

  it('of an unknown registration is not found', async () => {
    expect((await verify(newId(), '123456')).body.code).toBe('not_found')
    expect((await resend(newId())).body.code).toBe('not_found')
  })
})

describe('the rest of the form', () => {
  const complete = (id: string, more: object = {}) => service.call('POST', `/v1/registrations/${id}/account`, form(more))

  it('comes after the code', async () => {
    const { id } = await begun()
    expect((await complete(id)).body.code).toBe('not_allowed')
  })

  it.each([
    [{ name: '   ' }, 'name_invalid'],
    [{ name: 'Ana\r\nBcc: all@example.org' }, 'name_invalid'],
    [{ country: 'ZZ' }, 'country_unknown'],
    [{ bornOn: '2030-01-01' }, 'birth_date_invalid'],
    [{ password: 'short' }, 'password_too_short'],
    [{ password: 'x y'.repeat(200) }, 'password_too_long'],
    [{ password: 'Password123' }, 'password_common'],
    [{ password: '1234567890' }, 'password_common'],
    [{ password: 'my 1990-05-17!' }, 'password_personal'],
  ])('with %j is refused', async (more, code) => {
    const { id } = await proven()
    expect((await complete(id, more)).body.code).toBe(code)
    expect((await complete(id)).status).toBe(200)
  })

  it('sent twice, because the answer was lost, makes one account and two sessions', async () => {
    const { id } = await proven()
    const [first, second] = [await complete(id), await complete(id)]
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body.profile.holderId).toBe(first.body.profile.holderId)
    expect(second.body.token).not.toBe(first.body.token)
    expect((await complete(id, { password: 'another password altogether' })).body.code).toBe('credentials_wrong')
  })

  it('sent twice at once makes one account', async () => {
    const { id } = await proven()
    const answers = await Promise.all([complete(id), complete(id), complete(id)])
    expect(new Set(answers.map(({ body }) => body.profile.holderId)).size).toBe(1)
  })

  it('is too late an hour after the code', async () => {
    const { id } = await proven()
    service.moves(3_600_001)
    expect((await complete(id)).body.code).toBe('code_expired')
  })

  it('keeps the password only as Argon2id of 64 MiB', async () => {
    const ana = await registered(service)
    const holder = await service.ports.store.read(tx => tx.holders.find(ana.holderId))
    expect(holder?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
  })
})

describe('signing in', () => {
  it('on a second device gives the same account, and the person is told by mail', async () => {
    const ana = await registered(service)
    const { status, body } = await signIn(` ${ana.email.toUpperCase()}`, goodPassword)
    expect(status).toBe(200)
    expect(body.profile.holderId).toBe(ana.holderId)
    const mail = await latestTo(ana.email)
    expect(mail.subject).toContain('new device')
    expect(mail.text).toContain('Test laptop')
  })

  it('with a wrong password looks like signing in with an unknown e-mail', async () => {
    const ana = await registered(service)
    const wrong = await signIn(ana.email, 'not this password')
    const unknown = await signIn(newEmail(), 'not this password')
    const none = await signIn('no address at all', 'not this password')
    expect(wrong).toMatchObject({ status: 401, body: { code: 'credentials_wrong' } })
    expect(unknown).toEqual(wrong)
    expect(none).toEqual(wrong)
  })

  it('waits longer after each wrong password, for a known and an unknown e-mail alike', async () => {
    const known = await registered(service)
    for (const email of [known.email, newEmail()]) {
      service.moves(86_400_001)
      for (let tries = 0; tries < 5; tries += 1) expect((await signIn(email, 'not this password')).body.code).toBe('credentials_wrong')
      const { status, body } = await signIn(email, goodPassword)
      expect({ status, code: body.code }).toEqual({ status: 429, code: 'sign_in_wait' })
      expect(Date.parse(body.detail.at) - service.now()).toBeGreaterThan(10_000)
      service.moves(15_001)
      expect((await signIn(email, 'not this password')).body.code).toBe('credentials_wrong')
      service.moves(15_001)
      expect((await signIn(email, goodPassword)).body.code).toBe('sign_in_wait')
    }
    service.moves(900_000)
    expect((await signIn(known.email, goodPassword)).status).toBe(200)
  })

  it('tried twenty times at once is tried five times', async () => {
    service.moves(86_400_001)
    const ana = await registered(service)
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(ana.email, 'not this password')))
    expect(answers.filter(({ body }) => body.code === 'credentials_wrong')).toHaveLength(5)
  })

  it('counts by network address too', async () => {
    service.moves(86_400_001)
    const answers = []
    for (let tries = 0; tries < 31; tries += 1) answers.push((await signIn(newEmail(), 'not this password')).body.code)
    expect(answers.lastIndexOf('credentials_wrong')).toBe(29)
    expect(answers.at(-1)).toBe('sign_in_wait')
    service.moves(86_400_001)
  })

  it('ends by signing out: the session and the key of the device are gone', async () => {
    const ana = await registered(service)
    expect((await service.call('DELETE', '/v1/sessions/current', undefined, ana.token)).body).toEqual({ signedOut: true })
    expect((await service.call('GET', '/v1/feed?after=0', undefined, ana.token)).status).toBe(401)
  })
})

it('the mailbox is the sandbox’s alone', async () => {
  const real = await realService({ config: { sandbox: false } })
  expect((await real.call('GET', '/v1/sandbox/mailbox')).body.code).toBe('sandbox_only')
  await real.stop()
})
