import { afterAll, beforeAll, expect, test } from 'vitest'
import { problem } from '#contracts/service/problem.ts'
import {
  call,
  confirmation,
  get,
  holderOf,
  makeOrder,
  newDeviceKey,
  newId,
  registerHolder,
  signedCommand,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

let service: TestService
let ana: TestHolder
let eve: TestHolder

beforeAll(async () => {
  service = await startTestService()
  ana = await registerHolder(service)
  eve = await registerHolder(service)
  for (const person of [ana, eve]) await topUp(service, person, 'EUR', '100.00')
}, 60_000)
afterAll(() => service.stop())

/** What is refused is refused in words, moves nothing of anybody, and is never a bug of the service. */
async function refused(work: () => Promise<{ status: number; body: Record<string, unknown> }>): Promise<string> {
  const before = [await ana.feed(), await eve.feed()]
  const { status, body } = await work()
  const { code } = status === 200 ? (body['decline'] as { code: string }) : problem.parse(body)
  expect(status).toBeLessThan(500)
  const after = [await ana.feed(), await eve.feed()]
  for (const [n, { rows }] of after.entries()) {
    const fresh = rows.slice(before[n]?.rows.length ?? 0)
    expect(fresh.filter(({ event }) => event.type === 'posting' || event.type === 'balance')).toEqual([])
  }
  expect(service.log.filter(line => line.code === 'unexpected')).toEqual([])
  return code
}

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const pay = async () => confirmation(await makeOrder(service, 'EUR', '1.00'), '1.00')

test('an amount that is none, or another than was asked, pays nothing', async () => {
  const order = await makeOrder(service, 'EUR', '1.00')
  const values = [
    '',
    '-1.00',
    '0',
    '0.00',
    '+1.00',
    '1.001',
    '1e0',
    '1,00',
    ' 1.00',
    '１.００',
    'NaN',
    '0x1',
    '9'.repeat(39),
    '9'.repeat(10_000),
  ]
  for (const value of values) {
    const body = { ...confirmation(order, '1.00'), total: { currency: 'EUR', value } }
    expect([value, await refused(() => ana.sends('payment.confirm', body as never))]).toEqual([
      value,
      expect.stringMatching(/^(input_invalid|order_changed)$/),
    ])
  }
  for (const currency of ['USD', 'XXX', 'eur', ''])
    expect(
      await refused(() => ana.sends('payment.confirm', { ...confirmation(order, '1.00'), total: { currency, value: '1.00' } } as never)),
    ).toMatch(/^(input_invalid|order_changed)$/)
  for (const value of ['-5.00', '0.00', '9'.repeat(40)])
    expect(await refused(() => ana.sends('top_up.create', { amount: { currency: 'EUR', value } }))).toMatch(/^(input_invalid|amount_.*)$/)
})

test('an id that is empty, huge or no id at all is refused before anything is read', async () => {
  const body = await pay()
  for (const id of [
    '',
    ' ',
    'x',
    '0'.repeat(50_000),
    '../../x',
    '00000000-0000-0000-0000-000000000000',
    `${newId()}\0`,
    newId().toUpperCase(),
  ])
    expect([id.slice(0, 40), await refused(() => ana.sends('payment.confirm', body, { id }))]).toEqual([id.slice(0, 40), 'input_invalid'])
})

test('an id that another has used is taken, and tells nothing of what it was used for', async () => {
  const id = newId()
  const body = await pay()
  expect(await ana.does('payment.confirm', body, { id })).toMatchObject({ ok: true })
  expect(await refused(() => eve.sends('payment.confirm', body, { id }))).toBe('id_reused')
})

test('JSON that is too deep, too long or of too many members is refused', async () => {
  const wish = signedCommand(service, ana, 'payment.confirm', await pay(), {})
  const text = JSON.stringify(wish)
  const bodies = [
    deep(10_000),
    '['.repeat(60_000),
    text.replace('"body":{', `"body":{"x":${deep(5_000)},`),
    text.replace('"body":{', `"body":{${Array.from({ length: 5_000 }, (_, n) => `"m${n}":1`).join(',')},`),
    text.replace('"orderCode":"', `"orderCode":"${'0'.repeat(60_000)}`),
    `${text.slice(0, -1)},"x":"${'y'.repeat(70_000)}"}`,
    text.slice(0, -1),
    `${text}${text}`,
    '\ufeff',
    'null',
    '1e999',
  ]
  for (const body of bodies)
    expect(await refused(() => call(service, '/v1/commands', { method: 'POST', body, token: ana.token }))).toMatch(
      /^(input|signature)_invalid$/,
    )
})

test('a signature is that of this key over these bytes, or none', async () => {
  const body = await pay()
  const wish = signedCommand(service, ana, 'payment.confirm', body, {})
  const bytes = Buffer.from(wish.signature, 'base64url')
  const send = (signature: string, command: object = wish, token = ana.token) =>
    call(service, '/v1/commands', { body: { ...command, signature }, token })

  // Every single bit of it counts.
  for (const bit of [0, 255, 256, 511]) {
    const other = Buffer.from(bytes)
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(await refused(() => send(other.toString('base64url')))).toBe('signature_invalid')
  }
  // The same signature in its other form, with the order of the group added (RFC 8032, 5.1.7 refuses it).
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order
  const second = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()
  expect(await refused(() => send(Buffer.concat([bytes.subarray(0, 32), second]).toString('base64url')))).toBe('signature_invalid')
  for (const none of ['', 'A', 'A'.repeat(86), 'A'.repeat(50_000), '!'.repeat(86), `${wish.signature}A`, bytes.toString('base64')])
    expect(await refused(() => send(none))).toMatch(/^(signature|input)_invalid$/)
  // What one signed is not what another says, nor with another id, time, amount or kind.
  expect(await refused(() => send(wish.signature, wish, eve.token))).toBe('signature_invalid')
  for (const change of [
    { id: newId() },
    { madeAt: '2020-01-01T00:00:00.000Z' },
    { type: 'order.cancel', body: { orderCode: body.orderCode } },
  ])
    expect(await refused(() => send(wish.signature, { ...wish, ...change }))).toBe('signature_invalid')
  // It pays once, however often it is played back, and by whomever.
  const first = await send(wish.signature)
  expect(first).toMatchObject({ status: 200, body: { ok: true } })
  for (let n = 0; n < 5; n += 1) expect((await send(wish.signature)).body).toEqual(first.body)
  expect(await refused(() => send(wish.signature, wish, eve.token))).toBe('signature_invalid')
})

test('a device that was revoked signs nothing more: neither by its own session nor by that of another device', async () => {
  const leaving = await registerHolder(service)
  await topUp(service, leaving, 'EUR', '10.00')
  const key = newDeviceKey()
  const device = { publicKey: key.publicKey, name: 'Second device', system: 'test' }
  const signIn = { email: leaving.email, password: leaving.password, device }
  const second = holderOf(service, {
    ...leaving,
    key,
    ...(await get<{ token: string; deviceId: string; profile: { holderId: string } }>(service, '/v1/sessions', { body: signIn })),
  })
  const wish = signedCommand(service, leaving, 'payment.confirm', await pay(), {})
  expect((await call(service, '/v1/sessions/current', { method: 'DELETE', token: leaving.token })).status).toBe(200)
  const send = (token: string) => call(service, '/v1/commands', { body: wish, token })
  expect(await refused(() => send(leaving.token))).toMatch(/^(device_revoked|not_signed_in)$/)
  expect(await refused(() => send(second.token))).toBe('signature_invalid')
  expect((await second.feed()).rows.filter(({ event }) => event.type === 'posting')).toHaveLength(1)
})

test('a cursor that is none is refused; one beyond the end, or of another, tells nothing and keeps nobody waiting for the past', async () => {
  for (const after of ['-1', '-0.5', '1.5', 'NaN', '9007199254740993', '9'.repeat(400), 'null', '1;2'])
    expect([after.slice(0, 20), (await call(service, `/v1/feed?after=${encodeURIComponent(after)}`, { token: ana.token })).status]).toEqual(
      [after.slice(0, 20), 400],
    )
  const { last } = await ana.feed()
  const future = await ana.feed(last + 1_000)
  expect(future).toMatchObject({ rows: [], last })
  // A number names a row of one's own feed alone: the same cursor shows each only their own.
  const [mine, theirs] = [await ana.feed(1), await eve.feed(1)]
  expect(JSON.stringify(theirs)).not.toContain(ana.holderId)
  expect(JSON.stringify(mine)).not.toContain(eve.holderId)
})
