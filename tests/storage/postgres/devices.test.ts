import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { auditChecker } from '#core/audit/chain.ts'
import { digest } from '#storage/digest.ts'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'
import {
  call,
  get,
  holderOf,
  newDeviceKey,
  registerHolder,
  secondToken,
  startTestService,
  type TestService,
} from '../../support/service.ts'

const postgres = postgresOfThisFile()

/** An instance in this process, on a book that others have open too. */
async function instance(url: string): Promise<TestService> {
  const service = await startTestService()
  onTestFinished(() => service.stop())
  await service.restarts(() => openServiceStore({ url }))
  return service
}

test('a device that is revoked at one instance is out at once at the other, and both write one audit log', async context => {
  const url = await (await postgres(context)).database()
  const one = await instance(url)
  const two = await instance(url)
  const ana = await registerHolder(one)
  const key = newDeviceKey()
  const { email, password } = ana
  const device = { publicKey: key.publicKey, name: 'Phone', system: 'test' }
  const session = await get<{ token: string; deviceId: string; profile: { holderId: string } }>(two, '/v1/sessions', {
    body: { email, password, device },
  })
  const phone = holderOf(two, { email, password, key, ...session })

  const socket = new WebSocket(`${two.url.replace('http', 'ws')}/v1/socket`, { headers: { authorization: `Bearer ${phone.token}` } })
  await once(socket, 'open')
  const closed = once(socket, 'close')
  const { last } = await phone.feed()
  const waiting = call(two, `/v1/feed?after=${last}&waitMs=30000`, { token: phone.token })
  await expect.poll(() => two.ports.waiters.count()).toBeGreaterThan(1)
  // What signs is known to the instance by now.
  expect((await phone.sends('question.ask', { about: 'a', text: 'b' })).status).toBe(200)
  await waiting

  const again = call(two, `/v1/feed?after=${(await phone.feed()).last}&waitMs=30000`, { token: phone.token })
  await expect.poll(() => two.ports.waiters.count()).toBeGreaterThan(1)
  expect(await ana.does('device.revoke', { deviceId: phone.deviceId })).toMatchObject({ ok: true })
  expect((await closed)[0]).toBe(4001)
  expect(await again).toMatchObject({ status: 401, body: { code: 'device_revoked' } })
  expect(await phone.sends('question.ask', { about: 'a', text: 'b' })).toMatchObject({ status: 401, body: { code: 'device_revoked' } })

  const operates = (at: TestService, path: string, token: string, body: object) =>
    call(at, `/v1/operator/account-locks${path}`, { token, body: { email, ...body } })
  for (let turn = 0; turn < 3; turn += 1) {
    await Promise.all([one, two].map(at => operates(at, '', at.operatorToken, { reason: 'risk' })))
    await Promise.all([operates(one, '/removal', secondToken, {}), operates(two, '/removal', secondToken, {})])
    await operates(one, '/removal', one.operatorToken, {})
  }
  const rows = await one.ports.store.read(tx => tx.audit.page(0, 1_000))
  const checker = auditChecker(digest)
  expect(rows.flatMap(row => checker.row(row) ?? [])).toEqual([])
  const locks = rows.flatMap(({ act }) => (act.startsWith('account.') ? [act] : []))
  // Two who set the same lock at once set it once, and one operator who agrees twice at once is one.
  expect(locks).toEqual(Array.from({ length: 3 }, () => ['account.locked', 'account.lift_agreed', 'account.unlocked']).flat())
}, 60_000)
