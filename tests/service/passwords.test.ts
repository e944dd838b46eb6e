import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeIn, goodPassword, newDevice, newId, type Person, type RealService, realService, registered } from './realService.ts'

const stolen = 'a heron on the ninth pier'
const breachedPath = join(tmpdir(), `okpay-stolen-${newId()}.txt`)
const fresh = 'eleven slow trams at dusk'

let service: RealService
beforeAll(async () => {
  const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
  const hashes = [stolen, ...Array.from({ length: 500 }, (_, n) => `other ${n}`)].map(sha1).sort()
  await writeFile(breachedPath, hashes.map(hash => `${hash}:3\r\n`).join(''))
  service = await realService({ config: { breachedPath } })
})
afterAll(async () => {
  await service.stop()
  await rm(breachedPath, { force: true })
})

const change = (person: Person, more: object = {}) =>
  service.call('POST', '/v1/password', { old: goodPassword, password: fresh, proof: null, endOthers: false, ...more }, person.token)
const signIn = (email: string, password: string) => service.call('POST', '/v1/sessions', { email, password, device: newDevice().device })
const latestTo = async (email: string) => (await service.mails()).find((mail: { to: string }) => mail.to === email)
const start = (email: string) => service.call('POST', '/v1/password-resets', { email, locale: 'en' })
const finish = (id: string, code: string, more: object = {}) =>
  service.call('POST', `/v1/password-resets/${id}/password`, { code, password: fresh, factor: null, ...more })

/** What the audit log says of the safety of an account. */
const acts = async ({ holderId }: Person) =>
  (await service.ports.store.read(tx => tx.audit.page(0, 10_000)))
    .filter(({ by, object }) => by === `holder:${holderId}` && object === by)
    .map(({ act }) => act)

async function begun(person: Person) {
  const { body } = await start(person.email)
  return { id: body.resetId, code: codeIn((await latestTo(person.email)).text) }
}

async function turnAppOn(person: Person): Promise<string> {
  const { secret } = (await service.call('POST', '/v1/second-factor/app', {}, person.token)).body
  const code = generateSync({ secret, epoch: Math.floor(service.now() / 1000) })
  await service.call('POST', '/v1/second-factor/app/confirmation', { code }, person.token)
  service.moves(30_000)
  return secret
}

describe('changing the password', () => {
  it('takes the old one, and tells by mail', async () => {
    const ana = await registered(service)
    expect((await change(ana, { old: 'not this one at all' })).body.code).toBe('credentials_wrong')
    expect((await change(ana)).body).toEqual({ ended: 0 })
    expect((await latestTo(ana.email)).subject).toContain('password was changed')
    expect(await acts(ana)).toEqual(['password.changed'])
    expect((await signIn(ana.email, goodPassword)).body.code).toBe('credentials_wrong')
    expect((await signIn(ana.email, fresh)).status).toBe(200)
  })

  it('signs the other devices out where that is wished', async () => {
    const ana = await registered(service)
    const other = (await signIn(ana.email, goodPassword)).body.token
    expect((await change(ana, { endOthers: true })).body).toEqual({ ended: 1 })
    expect((await service.call('GET', '/v1/safety', undefined, other)).body.code).toBe('device_revoked')
    expect((await service.call('GET', '/v1/safety', undefined, ana.token)).status).toBe(200)
  })

  it.each([
    ['short', 'password_too_short'],
    ['woaini1314520', 'password_weak'],
    ['wodemima123', 'password_weak'],
    ['zhangwei1990', 'password_weak'],
    ['1234567890', 'password_common'],
    ['my 1990-05-17!', 'password_personal'],
    ['Ana Li and the sea', 'password_personal'],
    [stolen, 'password_breached'],
  ])('to %j is refused', async (password, code) => {
    expect((await change(await registered(service), { password })).body.code).toBe(code)
  })

  it('asks for the second factor where there is one', async () => {
    const ana = await registered(service)
    const secret = await turnAppOn(ana)
    expect((await change(ana)).body.code).toBe('second_factor_required')
    const { challengeId } = (await service.call('POST', '/v1/challenges', { act: { kind: 'password' } }, ana.token)).body
    const code = generateSync({ secret, epoch: Math.floor(service.now() / 1000) })
    await service.call('POST', `/v1/challenges/${challengeId}/answer`, { way: 'app', code })
    expect((await change(ana, { proof: challengeId })).status).toBe(200)
    expect((await change(ana, { old: fresh, password: goodPassword, proof: challengeId })).body.code).toBe('second_factor_required')
  })
})

describe('a forgotten password', () => {
  it('without a second factor holds after a day, of which every device and the mail are told', async () => {
    const ana = await registered(service)
    const { id, code } = await begun(ana)
    const { body } = await finish(id, code)
    expect(Date.parse(body.holdsFrom) - service.now()).toBeGreaterThan(86_390_000)
    expect((await latestTo(ana.email)).subject).toContain('new password was asked for')
    expect((await ana.events()).at(-1)).toEqual({ type: 'safety' })
    expect((await service.call('GET', '/v1/safety', undefined, ana.token)).body.resetAt).toBe(body.holdsFrom)
    expect((await signIn(ana.email, fresh)).body.code).toBe('credentials_wrong')
    service.moves(86_400_001)
    expect((await signIn(ana.email, goodPassword)).body.code).toBe('credentials_wrong')
    expect((await signIn(ana.email, fresh)).status).toBe(200)
  })

  it('is stopped by a device, and by signing in with the old password', async () => {
    const ana = await registered(service)
    const first = await begun(ana)
    await finish(first.id, first.code)
    expect((await service.call('POST', '/v1/password-resets/stop', {}, ana.token)).body).toEqual({ stopped: true })
    expect((await service.call('POST', '/v1/password-resets/stop', {}, ana.token)).body.code).toBe('not_found')
    service.moves(60_001)
    const second = await begun(ana)
    await finish(second.id, second.code)
    expect((await signIn(ana.email, goodPassword)).status).toBe(200)
    service.moves(86_400_001)
    expect((await signIn(ana.email, fresh)).body.code).toBe('credentials_wrong')
    expect((await signIn(ana.email, goodPassword)).status).toBe(200)
  })

  it('with an authenticator app holds at once, with a code of it', async () => {
    const ana = await registered(service)
    const secret = await turnAppOn(ana)
    const { id, code } = await begun(ana)
    expect((await finish(id, code)).body).toMatchObject({ code: 'second_factor_required', detail: { ways: 'app recovery' } })
    expect((await finish(id, code, { factor: { way: 'app', code: '000000' } })).body.code).toBe('factor_code_wrong')
    const right = generateSync({ secret, epoch: Math.floor(service.now() / 1000) })
    const { body } = await finish(id, code, { factor: { way: 'app', code: right } })
    expect(Date.parse(body.holdsFrom)).toBeLessThanOrEqual(service.now())
    expect((await signIn(ana.email, fresh)).body.challenge.ways).toEqual(['app', 'recovery'])
  })

  it('of an unknown e-mail looks the same, and no code fits it', async () => {
    const email = `nobody-${newId()}@example.org`
    const known = await start((await registered(service)).email)
    const unknown = await start(email)
    expect(Object.keys(unknown.body).sort()).toEqual(Object.keys(known.body).sort())
    expect((await latestTo(email)).subject).toContain('no account')
    for (const left of ['4', '3', '2', '1'])
      expect((await finish(unknown.body.resetId, '123456')).body).toMatchObject({ code: 'code_wrong', detail: { triesLeft: left } })
    expect((await finish(unknown.body.resetId, '123456')).body.code).toBe('code_tries_used_up')
  })

  it('takes a new code a minute later at the earliest, for ten minutes', async () => {
    const ana = await registered(service)
    const { id, code } = await begun(ana)
    expect((await start(ana.email)).body.code).toBe('code_resend_wait')
    service.moves(600_001)
    expect((await finish(id, code)).body.code).toBe('code_expired')
  })
})
