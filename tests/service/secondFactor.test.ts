import { execFileSync } from 'node:child_process'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toolOrSkip } from '../support/needs.ts'
import { codeIn, goodPassword, newDevice, newId, type Person, type RealService, realService, registered } from './realService.ts'

let service: RealService
beforeAll(async () => {
  service = await realService()
})
afterAll(() => service.stop())

const stepMs = 30_000
const codeAt = (secret: string, ms = service.now()) => generateSync({ secret, epoch: Math.floor(ms / 1000) })
const ask = (person: Person, method: string, path: string, body?: object) => service.call(method, path, body, person.token)
const signIn = (email: string, password = goodPassword) =>
  service.call('POST', '/v1/sessions', { email, password, device: newDevice().device })
const answer = (challengeId: string, way: string, code: string) =>
  service.call('POST', `/v1/challenges/${challengeId}/answer`, { way, code })
const latestTo = async (email: string) => (await service.mails()).find((mail: { to: string }) => mail.to === email)
const challengeOf = async (person: Person, act: object) => (await ask(person, 'POST', '/v1/challenges', { act })).body

/** Ana with an authenticator app. */
async function withApp() {
  const ana = await registered(service)
  const { secret, uri } = (await ask(ana, 'POST', '/v1/second-factor/app', {})).body
  const { codes } = (await ask(ana, 'POST', '/v1/second-factor/app/confirmation', { code: codeAt(secret) })).body
  // The code that turned it on is used.
  service.moves(stepMs)
  return { ana, secret, uri, codes }
}

describe('an authenticator app', () => {
  it('is turned on with a code of it, answers ten recovery codes, and everybody is told', async () => {
    const ana = await registered(service)
    const { body } = await ask(ana, 'POST', '/v1/second-factor/app', {})
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(body.uri).toMatch(/^otpauth:\/\/totp\//)
    expect((await ask(ana, 'GET', '/v1/safety')).body.appSince).toBeNull()
    const wrong = await ask(ana, 'POST', '/v1/second-factor/app/confirmation', { code: codeAt(body.secret, service.now() + 86_400_000) })
    expect(wrong.body.code).toBe('factor_code_wrong')
    const { body: on } = await ask(ana, 'POST', '/v1/second-factor/app/confirmation', { code: codeAt(body.secret) })
    expect(new Set(on.codes).size).toBe(10)
    expect((await ask(ana, 'GET', '/v1/safety')).body).toMatchObject({ recoveryLeft: 10, line: { currency: 'EUR', value: '1000.00' } })
    expect((await latestTo(ana.email)).subject).toContain('authenticator app protects')
    expect((await ana.events()).at(-1)).toEqual({ type: 'safety' })
    expect((await ask(ana, 'POST', '/v1/second-factor/app', {})).body.code).toBe('second_factor_on')
  })

  it('keeps its secret sealed, and its recovery codes as Argon2id', async () => {
    const { ana, secret, codes } = await withApp()
    const kept = await service.ports.store.read(async tx => [
      await tx.safety.find(ana.holderId),
      await tx.recoveryCodes.unused(ana.holderId),
    ])
    const text = JSON.stringify(kept)
    expect(text).not.toContain(secret)
    for (const code of codes) expect(text).not.toContain(code.replace('-', ''))
    expect(text.match(/\$argon2id\$/g)).toHaveLength(10)
  })

  it('is read by a peer: oathtool makes the same codes', async context => {
    const oathtool = toolOrSkip(context, 'oathtool')
    const { ana, secret } = await withApp()
    const at = new Date(service.now()).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
    const code = execFileSync(oathtool, ['--totp', '--base32', `--now=${at}`, secret], { encoding: 'utf8' }).trim()
    const { challengeId } = await challengeOf(ana, { kind: 'password' })
    expect((await answer(challengeId, 'app', code)).body).toEqual({ state: 'proved' })
  })
})

describe('signing in with a second factor', () => {
  it('answers a challenge that a code turns into a session, once', async () => {
    const { ana, secret } = await withApp()
    const { body } = await signIn(ana.email)
    expect(body.challenge).toMatchObject({ ways: ['app', 'recovery'], approves: null })
    expect(body.token).toBeUndefined()
    const code = codeAt(secret)
    const done = await answer(body.challenge.challengeId, 'app', code)
    expect(done.body).toMatchObject({ state: 'signed_in', session: { profile: { holderId: ana.holderId } } })
    expect((await service.call('GET', '/v1/feed?after=0', undefined, done.body.session.token)).status).toBe(200)
    expect((await answer(body.challenge.challengeId, 'app', code)).body.code).toBe('not_found')
    const again = await signIn(ana.email)
    expect((await answer(again.body.challenge.challengeId, 'app', code)).body.code).toBe('factor_code_wrong')
  })

  it('takes the code of one step before and after, and no older or later one', async () => {
    const { ana, secret } = await withApp()
    for (const [steps, state] of [
      [-2, undefined],
      [2, undefined],
      [2880, undefined],
      [-1, 'proved'],
      [1, 'proved'],
    ] as const) {
      service.moves(3 * stepMs)
      const { challengeId } = await challengeOf(ana, { kind: 'password' })
      const given = await answer(challengeId, 'app', codeAt(secret, service.now() + steps * stepMs))
      expect([steps, given.body.state]).toEqual([steps, state])
    }
  })

  it('takes what is not six digits for no code, which costs no try', async () => {
    const { ana } = await withApp()
    const { challenge } = (await signIn(ana.email)).body
    for (const text of ['', '12345', '1234567', 'abcdef', '１２３４５６', '١٢٣٤٥٦', '-12345', '1e5']) {
      const given = await answer(challenge.challengeId, 'app', text)
      expect([text, given.body]).toMatchObject([text, { code: 'factor_code_wrong', detail: { triesLeft: '5' } }])
    }
  })

  it('takes five tries, thirty at once too, and then waits by account over every new challenge', async () => {
    const { ana, secret } = await withApp()
    const { challenge } = (await signIn(ana.email)).body
    const right = codeAt(secret)
    const wrong = Array.from({ length: 30 }, (_, n) => String(n).padStart(6, '0')).filter(code => code !== right)
    const answers = await Promise.all(wrong.map(code => answer(challenge.challengeId, 'app', code)))
    expect(answers.filter(({ body }) => body.code === 'factor_code_wrong').length).toBeLessThanOrEqual(4)
    expect((await answer(challenge.challengeId, 'app', right)).body.code).toBe('code_tries_used_up')
    const next = (await signIn(ana.email)).body.challenge
    const late = await answer(next.challengeId, 'app', right)
    expect(late).toMatchObject({ status: 429, body: { code: 'sign_in_wait' } })
    service.moves(Date.parse(late.body.detail.at) - service.now() + 1)
    expect((await answer(next.challengeId, 'app', codeAt(secret))).body.state).toBe('signed_in')
  })

  it('ends after ten minutes', async () => {
    const { ana, secret } = await withApp()
    const { challenge } = (await signIn(ana.email)).body
    service.moves(600_001)
    expect((await answer(challenge.challengeId, 'app', codeAt(secret))).body.code).toBe('code_expired')
  })

  it('takes a recovery code once, in small letters too, and counts those that are left', async () => {
    const { ana, codes } = await withApp()
    const first = (await signIn(ana.email)).body.challenge
    expect((await answer(first.challengeId, 'recovery', ` ${codes[3].toLowerCase()} `)).body.state).toBe('signed_in')
    expect((await ask(ana, 'GET', '/v1/safety')).body.recoveryLeft).toBe(9)
    const second = (await signIn(ana.email)).body.challenge
    expect((await answer(second.challengeId, 'recovery', codes[3])).body.code).toBe('factor_code_wrong')
    expect((await answer(second.challengeId, 'recovery', codes[4])).body.state).toBe('signed_in')
  })

  it('looks the same as ever with a wrong password or an unknown e-mail', async () => {
    const { ana } = await withApp()
    const wrong = await signIn(ana.email, 'not this password')
    expect(await signIn(`nobody-${newId()}@example.org`, 'not this password')).toEqual(wrong)
    expect(wrong.body.code).toBe('credentials_wrong')
  })
})

describe('codes by mail', () => {
  it('are turned on with one, and then are a way of their own', async () => {
    const ana = await registered(service)
    expect((await ask(ana, 'POST', '/v1/second-factor/mail', { proof: null })).body.code).toBe('second_factor_required')
    const { challengeId, ways } = await challengeOf(ana, { kind: 'mail_on' })
    expect(ways).toEqual(['mail'])
    expect((await service.call('POST', `/v1/challenges/${challengeId}/code`, {})).status).toBe(200)
    expect((await service.call('POST', `/v1/challenges/${challengeId}/code`, {})).body.code).toBe('code_resend_wait')
    expect((await answer(challengeId, 'mail', codeIn((await latestTo(ana.email)).text))).body.state).toBe('proved')
    expect((await ask(ana, 'POST', '/v1/second-factor/mail', { proof: challengeId })).body.mailSince).not.toBeNull()
    expect((await ask(ana, 'POST', '/v1/second-factor/mail', { proof: challengeId })).status).toBe(200)
    expect((await signIn(ana.email)).body.challenge.ways).toEqual(['mail'])
  })
})

describe('turning the app off', () => {
  it('takes a proof of that very act, once, and tells everybody', async () => {
    const { ana, secret } = await withApp()
    const off = (proof: string | null) => ask(ana, 'POST', '/v1/second-factor/removal', { way: 'app', proof })
    expect((await off(null)).body.code).toBe('second_factor_required')
    const other = await challengeOf(ana, { kind: 'recovery' })
    await answer(other.challengeId, 'app', codeAt(secret))
    expect((await off(other.challengeId)).body.code).toBe('second_factor_required')
    service.moves(stepMs)
    const { challengeId } = await challengeOf(ana, { kind: 'app_off' })
    expect((await off(challengeId)).body.code).toBe('second_factor_required')
    expect((await answer(challengeId, 'app', codeAt(secret))).body.state).toBe('proved')
    const bob = await registered(service)
    expect((await ask(bob, 'POST', '/v1/second-factor/removal', { way: 'app', proof: challengeId })).body.code).toBe('not_found')
    expect((await off(challengeId)).body).toMatchObject({ appSince: null, recoveryLeft: 0 })
    expect((await latestTo(ana.email)).subject).toContain('turned off')
    expect((await signIn(ana.email)).body.token).toBeDefined()
  })
})

describe('the line above which a payment asks', () => {
  it('goes down at once and up with a proof, never above 1,000', async () => {
    const { ana, secret } = await withApp()
    const line = (value: string, proof: string | null = null) =>
      ask(ana, 'POST', '/v1/second-factor/line', { line: { currency: 'EUR', value }, proof })
    expect((await line('20.00')).body.line.value).toBe('20.00')
    expect((await line('30.00')).body.code).toBe('second_factor_required')
    const { challengeId } = await challengeOf(ana, { kind: 'line', amount: { currency: 'EUR', value: '30.00' } })
    await answer(challengeId, 'app', codeAt(secret))
    expect((await line('31.00', challengeId)).body.code).toBe('second_factor_required')
    expect((await line('30.00', challengeId)).body.line.value).toBe('30.00')
    for (const value of ['1000.01', '-1.00']) expect((await line(value)).body.code).toBe('amount_invalid')
  })
})
