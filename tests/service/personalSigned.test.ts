import { type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WrittenRegister } from '#contracts/service/personal.ts'
import { personalText, signedText } from '#contracts/service/signing.ts'
import { call, newDeviceKey, newId, registerHolder, startTestService, type TestHolder, type TestService } from '../support/service.ts'

let service: TestService
let lin: TestHolder
beforeAll(async () => {
  service = await startTestService()
  lin = await registerHolder(service)
}, 60_000)
afterAll(() => service.stop())

const contact = `contact:${newId()}`
const register = (field: string, value: string | null, count = 0, device = lin.deviceId): WrittenRegister => ({
  ...{ subject: contact, field, value },
  stamp: { ms: service.ports.clock(), count, device },
})

type Forged = {
  readonly key?: KeyObject
  readonly serviceId?: string
  readonly deviceId?: string
  readonly as?: readonly WrittenRegister[]
}

/** Sends registers under a signature, over `as` where those are others. */
function writes(registers: readonly WrittenRegister[], { key, serviceId, deviceId, as = registers }: Forged = {}, token = lin.token) {
  const text = personalText(serviceId ?? service.ports.identity.serviceId, deviceId ?? lin.deviceId, as)
  const signature = sign(null, Buffer.from(text), key ?? lin.key.privateKey).toString('base64url')
  return call(service, '/v1/personal', { token, body: { registers, signature } })
}
const kept = async (holder = lin) => (await call(service, '/v1/personal?after=0', { token: holder.token })).body['registers']
const refused = { status: 401, body: { code: 'signature_invalid' } }

describe('what a person writes beside the money is signed by their device', () => {
  it('is kept when it is, and sent again it changes nothing and tells no one', async () => {
    const name = register('name', 'Ana 李')
    expect(await writes([name])).toMatchObject({ status: 200, body: { later: [] } })
    const { last } = await lin.feed()
    expect(await writes([name])).toMatchObject({ status: 200, body: { later: [] } })
    expect((await lin.feed()).last).toBe(last)
    expect(await kept()).toEqual([name])
    // An older one that is sent once more after a newer is told of the newer, and brings nothing back.
    const newer = register('name', 'Anna', 1)
    expect(await writes([newer])).toMatchObject({ status: 200 })
    expect(await writes([name])).toMatchObject({ status: 200, body: { later: [newer] } })
    expect(await kept()).toEqual([newer])
  })

  it('is refused under another key, for another service or device, over other words, and without a signature', async () => {
    const before = await kept()
    const name = register('email', 'thief@example.org', 2)
    const forged: readonly Forged[] = [
      { key: newDeviceKey().privateKey },
      { serviceId: 'AAAAAAAAAAAA' },
      { deviceId: newId() },
      { as: [{ ...name, value: 'ana@example.org' }] },
      { as: [{ ...name, stamp: { ...name.stamp, count: 3 } }] },
      { as: [name, name] },
    ]
    for (const one of forged) expect(await writes([name], one)).toMatchObject(refused)
    expect(await call(service, '/v1/personal', { token: lin.token, body: { registers: [name] } })).toMatchObject({ status: 400 })
    expect(await kept()).toEqual(before)
  })

  it('is no command, and a signed command is nothing that was written', async () => {
    const registers = [register('name', 'Ann', 4)]
    const wish = { id: newId(), type: 'question.ask', body: { registers }, madeAt: new Date(service.ports.clock()).toISOString() } as const
    const text = signedText(service.ports.identity.serviceId, lin.deviceId, wish)
    const signature = sign(null, Buffer.from(text), lin.key.privateKey).toString('base64url')
    expect(await call(service, '/v1/personal', { token: lin.token, body: { registers, signature } })).toMatchObject(refused)
  })

  it('is refused to the token of another person, whose device did not sign it', async () => {
    const other = await registerHolder(service)
    const own = register('name', 'Mine', 5)
    expect(await writes([own], {}, other.token)).toMatchObject(refused)
    expect(await kept(other)).toEqual([])
  })

  it('is refused from a device that was revoked, though its key signed', async () => {
    const gone = await registerHolder(service)
    const name: WrittenRegister = { ...register('name', 'Too late'), stamp: { ms: service.ports.clock(), count: 0, device: gone.deviceId } }
    const as = { key: gone.key.privateKey, deviceId: gone.deviceId }
    expect(await writes([name], as, gone.token)).toMatchObject({ status: 200 })
    await service.ports.store.write(tx => tx.devices.revoke(gone.deviceId, service.ports.clock()))
    const later = { ...name, value: 'later', stamp: { ...name.stamp, count: 1 } }
    expect(await writes([later], as, gone.token)).toMatchObject({ status: 401, body: { code: 'device_revoked' } })
    const found = await service.ports.store.read(tx => tx.personal.page(gone.holderId, 0, 10))
    expect(found.map(({ value }) => value)).toEqual(['Too late'])
  })
})
