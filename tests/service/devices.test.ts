import { type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { FeedPage } from '#contracts/service/feed.ts'
import { type RouteName, routes } from '#contracts/service/index.ts'
import type { Route } from '#contracts/service/route.ts'
import { rotationText } from '#contracts/service/signing.ts'
import { defaultSessionRules } from '#core/account/session.ts'
import { tokenHash } from '#service/sessions.ts'
import {
  call,
  get,
  holderOf,
  newDeviceKey,
  newId,
  registerHolder,
  startTestService,
  type TestHolder,
  type TestService,
} from '../support/service.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

let service: TestService
beforeAll(async () => {
  service = await startTestService({
    config: { sessions: defaultSessionRules },
    placeOf: address => (address.includes('127.0.0.1') ? 'SG' : null),
  })
}, 60_000)
afterAll(() => service.stop())

/** The same person on another device. */
async function second(of: TestHolder, name = 'Phone'): Promise<TestHolder> {
  // Devices are listed in the order of their instants.
  service.moves(1)
  const key = newDeviceKey()
  const device = { publicKey: key.publicKey, name, system: 'test' }
  const { email, password } = of
  const session = await get<{ token: string; deviceId: string; profile: { holderId: string } }>(service, '/v1/sessions', {
    body: { email, password, device },
  })
  return holderOf(service, { email, password, key, ...session })
}

type Exchange = { readonly at?: number; readonly key?: KeyObject; readonly deviceId?: string; readonly token?: string }

function exchange(holder: TestHolder, { at = service.ports.clock(), key, deviceId, token }: Exchange = {}) {
  const instant = new Date(at).toISOString()
  const text = rotationText(service.ports.identity.serviceId, deviceId ?? holder.deviceId, instant)
  const signature = sign(null, Buffer.from(text), key ?? holder.key.privateKey).toString('base64url')
  return call(service, '/v1/sessions/current/token', { token: token ?? holder.token, body: { at: instant, signature } })
}

const statusOf = async (token: string) => {
  const { status, body } = await call(service, '/v1/feed?after=0', { token })
  return status === 200 ? 'good' : body['code']
}

type Listed = { devices: { id: string; name: string; isThis: boolean; usedAt: string | null; country: string | null }[] }
const listed = (holder: TestHolder, token = holder.token) => get<Listed>(service, '/v1/devices', { token })
const told = async (holder: TestHolder) =>
  (await get<FeedPage>(service, '/v1/feed?after=0', { token: holder.token })).rows.flatMap(({ event }) =>
    event.type === 'security' ? [event.event] : [],
  )
const acts = async (deviceId: string) =>
  (await service.ports.store.read(tx => tx.audit.page(0, 10_000)))
    .filter(({ object }) => object === `device:${deviceId}`)
    .map(({ act }) => act)

describe('the token of a session', () => {
  it('is good for a day; then the key of its device exchanges it, and the old one is good for two minutes more', async () => {
    const ana = await registerHolder(service)
    service.moves(day)
    expect(await statusOf(ana.token)).toBe('session_stale')
    expect(await ana.sends('question.ask', { about: 'a', text: 'b' })).toMatchObject({ status: 401, body: { code: 'session_stale' } })
    const { status, body } = await exchange(ana)
    expect(status).toBe(200)
    const token = String(body['token'])
    expect([await statusOf(token), await statusOf(ana.token)]).toEqual(['good', 'good'])
    service.moves(2 * minute)
    expect([await statusOf(token), await statusOf(ana.token)]).toEqual(['good', 'session_stale'])
  })

  it('is not lost with a lost answer: the old one can be exchanged again, and what nobody heard of is good for nothing soon', async () => {
    const ana = await registerHolder(service)
    service.moves(day)
    const lost = String((await exchange(ana)).body['token'])
    service.moves(3 * day)
    expect(await statusOf(ana.token)).toBe('session_stale')
    const heard = String((await exchange(ana)).body['token'])
    expect(await statusOf(heard)).toBe('good')
    service.moves(2 * minute)
    expect([await statusOf(heard), await statusOf(lost)]).toEqual(['good', 'session_stale'])
  })

  it('is exchanged for its device alone: not by another key, for another device, at another time, or changed since', async () => {
    const [ana, bo] = [await registerHolder(service), await registerHolder(service)]
    const refused = { status: 401, body: { code: 'signature_invalid' } }
    expect(await exchange(ana, { key: newDeviceKey().privateKey })).toMatchObject(refused)
    expect(await exchange(ana, { token: bo.token })).toMatchObject(refused)
    expect(await exchange(ana, { deviceId: bo.deviceId })).toMatchObject(refused)
    expect(await exchange(ana, { at: service.ports.clock() - 5 * minute - 1 })).toMatchObject(refused)
    expect(await exchange(ana, { at: service.ports.clock() + 5 * minute + 1 })).toMatchObject(refused)
    expect((await exchange(ana)).status).toBe(200)
  })

  it('exchanged by two at once stands for both for a while', async () => {
    const ana = await registerHolder(service)
    const both = await Promise.all([exchange(ana), exchange(ana)])
    const tokens = both.map(({ body }) => String(body['token']))
    expect(new Set(tokens).size).toBe(2)
    expect(await Promise.all(tokens.map(statusOf))).toEqual(['good', 'good'])
  })

  it('signs its device out also where it can only be exchanged any more', async () => {
    const ana = await registerHolder(service)
    service.moves(2 * day)
    expect(await statusOf(ana.token)).toBe('session_stale')
    expect((await call(service, '/v1/sessions/current', { method: 'DELETE', token: ana.token })).status).toBe(200)
    expect(await statusOf(ana.token)).toBe('device_revoked')
  })

  it('is kept as a hash, and old ones are not kept for ever', async () => {
    const ana = await registerHolder(service)
    const find = (token: string) => service.ports.store.read(tx => tx.sessions.find(tokenHash(token)))
    const next = String((await exchange(ana)).body['token'])
    expect(await find(next)).toMatchObject({ deviceId: ana.deviceId, replacedAt: null })
    for (let week = 0; week < 5; week += 1) {
      service.moves(7 * day)
      expect((await exchange(ana, { token: next })).status).toBe(200)
      const { token } = (await exchange(ana, { token: next })).body
      expect(await statusOf(String(token))).toBe('good')
    }
    expect(await find(ana.token)).toBeUndefined()
  })
})

describe('a session', () => {
  it('runs out after 30 days without a call, and says so', async () => {
    const ana = await registerHolder(service)
    service.moves(30 * day - 1)
    const token = String((await exchange(ana)).body['token'])
    expect(await statusOf(token)).toBe('good')
    service.moves(30 * day)
    expect(await statusOf(token)).toBe('session_expired')
    expect(await exchange(ana, { token })).toMatchObject({ status: 401, body: { code: 'session_expired' } })
    expect(await ana.sends('question.ask', { about: 'a', text: 'b' })).toMatchObject({ body: { code: 'session_expired' } })
    const again = await second(ana)
    expect((await listed(again)).devices.map(({ id }) => id)).toEqual([again.deviceId])
  })

  it('runs out after 180 days, however much it is used', async () => {
    const ana = await registerHolder(service)
    let token = ana.token
    for (let turn = 0; turn < 9; turn += 1) {
      service.moves(20 * day - 1)
      token = String((await exchange(ana, { token })).body['token'])
      expect(await statusOf(token)).toBe('good')
    }
    service.moves(9)
    expect(await statusOf(token)).toBe('session_expired')
  })

  it('notes its use at most once an hour, with the country that is known', async () => {
    const ana = await registerHolder(service)
    const { store, clock } = service.ports
    const usedAt = async () => (await store.read(tx => tx.devices.find(ana.deviceId)))?.usedAt
    const at = clock()
    service.moves(hour - 1)
    await statusOf(ana.token)
    expect(await usedAt()).toBe(at)
    service.moves(1)
    await statusOf(ana.token)
    expect(await usedAt()).toBe(at + hour)
    expect((await listed(ana)).devices).toMatchObject([{ isThis: true, country: 'SG', usedAt: new Date(at + hour).toISOString() }])
  })
})

describe('devices', () => {
  it('are the own ones alone, and only they are named', async () => {
    const [ana, bo] = [await registerHolder(service), await registerHolder(service)]
    const phone = await second(ana)
    expect((await listed(ana)).devices).toMatchObject([
      { id: ana.deviceId, name: 'Test device', isThis: true },
      { id: phone.deviceId, name: 'Phone', isThis: false },
    ])
    expect((await listed(bo)).devices.map(({ id }) => id)).toEqual([bo.deviceId])
    for (const type of ['device.rename', 'device.revoke'] as const) {
      const body = type === 'device.rename' ? { deviceId: ana.deviceId, name: 'Mine' } : { deviceId: ana.deviceId }
      expect(await bo.does(type, body as never)).toMatchObject({ ok: false, decline: { code: 'not_found' } })
      expect(await bo.does(type, { ...body, deviceId: newId() } as never)).toMatchObject({ ok: false, decline: { code: 'not_found' } })
    }
    expect(await statusOf(ana.token)).toBe('good')
    const named = await ana.does('device.rename', { deviceId: phone.deviceId, name: '  Lin’s phone ' })
    expect(named).toMatchObject({ ok: true, device: { id: phone.deviceId, name: 'Lin’s phone' } })
    expect(await ana.does('device.rename', { deviceId: phone.deviceId, name: ' ' })).toMatchObject({
      decline: { code: 'device_name_invalid' },
    })
    expect((await told(phone)).map(({ what, device }) => [what, device.name])).toEqual([
      ['device_added', 'Phone'],
      ['device_renamed', 'Lin’s phone'],
    ])
  })

  it('that are new are told to the others at once, and by mail', async () => {
    const ana = await registerHolder(service)
    const { last } = await ana.feed()
    const waiting = ana.feed(last, 30_000)
    const phone = await second(ana)
    expect((await waiting).rows).toMatchObject([
      {
        event: {
          type: 'security',
          event: { what: 'device_added', device: { id: phone.deviceId, name: 'Phone' }, country: 'SG', byDevice: null },
        },
      },
    ])
    const { mails } = await get<{ mails: { to: string; text: string }[] }>(service, '/v1/sandbox/mailbox')
    expect(mails.find(({ to, text }) => to === ana.email && text.includes('Phone'))).toBeDefined()
    expect(await acts(phone.deviceId)).toEqual(['device.added'])
  })

  it('that are revoked are out at once: sockets, long polls, key, notes', async () => {
    const ana = await registerHolder(service)
    const phone = await second(ana)
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/v1/socket`, { headers: { authorization: `Bearer ${phone.token}` } })
    await new Promise(resolve => socket.once('open', resolve))
    const closed = new Promise<number>(resolve => socket.once('close', resolve))
    const { last } = await phone.feed()
    const waiting = call(service, `/v1/feed?after=${last}&waitMs=30000`, { token: phone.token })
    await expect.poll(() => service.ports.waiters.count()).toBeGreaterThan(1)

    const id = newId()
    const revoked = await ana.does('device.revoke', { deviceId: phone.deviceId }, { id })
    expect(revoked).toMatchObject({ ok: true, device: { id: phone.deviceId } })
    expect(await closed).toBe(4001)
    expect(await waiting).toMatchObject({ status: 401, body: { code: 'device_revoked' } })
    const refused = { status: 401, body: { code: 'device_revoked' } }
    expect(await phone.sends('question.ask', { about: 'a', text: 'b' })).toMatchObject(refused)
    expect(await exchange(phone)).toMatchObject(refused)
    const registers = {
      registers: [{ subject: 'contact:a', field: 'name', value: 'x', stamp: { ms: 1, count: 0, device: phone.deviceId } }],
    }
    const signature = 'A'.repeat(86)
    expect((await call(service, '/v1/personal', { token: phone.token, body: { ...registers, signature } })).status).toBe(401)
    expect(await call(service, '/v1/personal?after=0', { token: phone.token })).toMatchObject(refused)

    // The same wish again is the same answer; another finds nothing any more.
    expect(await ana.does('device.revoke', { deviceId: phone.deviceId }, { id })).toEqual(revoked)
    expect(await ana.does('device.revoke', { deviceId: phone.deviceId })).toMatchObject({ decline: { code: 'not_found' } })
    expect((await listed(ana)).devices.map(({ id: one }) => one)).toEqual([ana.deviceId])
    expect((await told(ana)).at(-1)).toMatchObject({ what: 'device_revoked', device: { id: phone.deviceId }, byDevice: ana.deviceId })
    expect(await acts(phone.deviceId)).toEqual(['device.added', 'device.revoked'])
    const { mails } = await get<{ mails: { to: string; subject: string }[] }>(service, '/v1/sandbox/mailbox')
    const subjects = mails.filter(({ to }) => to === ana.email).map(({ subject }) => subject)
    expect(subjects).toContain('A device was signed out of your account')
  })

  it('are not revoked by themselves: who leaves signs out, and is told of too', async () => {
    const ana = await registerHolder(service)
    const phone = await second(ana)
    expect(await phone.does('device.revoke', { deviceId: phone.deviceId })).toMatchObject({ decline: { code: 'not_allowed' } })
    await call(service, '/v1/sessions/current', { method: 'DELETE', token: phone.token })
    expect((await told(ana)).at(-1)).toMatchObject({ what: 'device_signed_out', device: { id: phone.deviceId }, byDevice: null })
    expect(await acts(phone.deviceId)).toEqual(['device.added', 'device.signed_out'])
  })
})

describe('every route of a session is closed to one that is not good', () => {
  const inputs: Partial<Record<RouteName, string>> = { feed: '?after=0', snapshot: '?after=0', readPersonal: '?after=0' }
  const asking = (Object.entries<Route>(routes) as [RouteName, Route][]).filter(([, { caller }]) =>
    ['session', 'signer', 'device'].includes(caller),
  )
  const tokens: Record<string, string> = {}
  beforeAll(async () => {
    const [resting, stale, leaving] = [await registerHolder(service), await registerHolder(service), await registerHolder(service)]
    const stayed = await second(leaving)
    await stayed.does('device.revoke', { deviceId: leaving.deviceId })
    await service.ports.store.write(tx => tx.devices.use(resting.deviceId, service.ports.clock() - 30 * day, null))
    const exchanged = await exchange(stale)
    expect(exchanged.status).toBe(200)
    service.moves(2 * minute)
    Object.assign(tokens, { session_expired: resting.token, session_stale: stale.token, device_revoked: leaving.token })
  }, 60_000)
  for (const [name, route] of asking)
    for (const code of ['session_expired', 'session_stale', 'device_revoked'] as const) {
      // It would be let in, and leave.
      if (name === 'signOut' && code === 'session_stale') continue
      it(`${name}: ${code}`, async () => {
        const path = route.path.replaceAll(/\{\w+\}/g, newId()) + (inputs[name] ?? '')
        const reply = await call(service, path, {
          method: route.method,
          token: tokens[code] ?? '',
          ...(route.method === 'POST' ? { body: {} } : {}),
        })
        // A token that can only be exchanged can be exchanged: its signature is asked for.
        if (route.caller === 'device' && code === 'session_stale')
          expect(reply).toMatchObject({ status: 400, body: { code: 'input_invalid' } })
        else expect(reply).toMatchObject({ status: 401, body: { code } })
      })
    }
})
