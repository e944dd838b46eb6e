import { generateSync } from 'otplib'
import { expect } from 'vitest'
import { defaultSessionRules } from '#core/account/session.ts'
import { newId, type Person, scenario, soon } from './world.ts'

const day = 86_400_000
const rotation = '/v1/sessions/current/token'
/** As a service has it by itself. */
const realSessions = { config: { sessions: defaultSessionRules } }

/** A clock that jumps by days looks like days of rest: the wallet locked itself. */
async function lives(person: Person, ms: number): Promise<void> {
  await person.clock.moves(ms)
  await person.ask('app.unlock', { password: null })
}

const devicesOf = async (person: Person) => (await person.get('devices.list', {})).devices
const toldOf = (person: Person) => person.told.flatMap(told => (told.event === 'security.told' ? [told.payload] : []))

scenario(
  'a wallet exchanges its token by itself, once for all that ask, and a lost answer loses nothing',
  async ({ alice, shop }) => {
    await alice.has('EUR', '50.00')
    const first = alice.network.token()
    let lost = 0
    alice.network.answersOtherwise(rotation, answer => {
      lost += 1
      if (lost === 1) throw new TypeError('terminated')
      return answer
    })
    await lives(alice, day + 1)
    await soon(async () => expect(await devicesOf(alice)).toHaveLength(1))
    // The old token is good for two more minutes after the exchange whose answer was lost; then it is exchanged again.
    await lives(alice, 3 * 60_000)
    await soon(async () => expect(await devicesOf(alice)).toHaveLength(1))
    expect(lost).toBeGreaterThan(1)
    const second = alice.network.token()
    expect(second).not.toBe(first)
    expect(await alice.confirms(await shop.asks('EUR', '24.90'))).toMatchObject({ state: 'captured' })

    // Saved before it is used: the wallet that begins anew has it.
    await lives(alice, 10 * 60_000)
    await alice.restarts()
    await alice.get('app.unlock', { password: null })
    await soon(async () => expect(await devicesOf(alice)).toHaveLength(1))
    expect(alice.network.token()).toBe(second)

    // Many questions at once after another day: one exchange.
    const before = alice.network.reached.get(`POST ${rotation}`) ?? 0
    await lives(alice, day + 1)
    await soon(() => Promise.all([devicesOf(alice), devicesOf(alice), devicesOf(alice), alice.get('topUps.offer', {})]))
    expect((alice.network.reached.get(`POST ${rotation}`) ?? 0) - before).toBe(1)
    await alice.nowHas('EUR', '25.10')
  },
  realSessions,
)

scenario(
  'a session that ran out keeps what is here and what waits, until the person signs in again',
  async ({ alice }) => {
    await alice.has('EUR', '50.00')
    alice.network.goesOffline()
    expect(await alice.ask('support.ask', { id: newId(), about: 'fees', text: 'Why?' })).toMatchObject({ kind: 'fault' })
    await lives(alice, 31 * day)
    alice.network.comesBack()
    await soon(async () => {
      await lives(alice, 61_000)
      expect(await alice.get('app.state', {})).toMatchObject({ phase: 'unlocked', signedIn: true, sessionExpired: true })
    })
    await alice.nowHas('EUR', '50.00')
    expect(await alice.ask('devices.list', {})).toMatchObject({ kind: 'decline', code: 'session_expired' })
    const contact = newId()
    expect(await alice.get('contacts.save', { id: contact, name: 'Bo' })).toMatchObject({ kept: 'here' })

    expect(await alice.ask('account.signInAgain', { password: 'not it at all' })).toMatchObject({ code: 'credentials_wrong' })
    await alice.get('account.signInAgain', { password: 'a quiet violet engine hums' })
    expect(await alice.get('app.state', {})).toMatchObject({ signedIn: true, sessionExpired: false })
    await alice.nowHas('EUR', '50.00')
    await soon(async () => expect((await alice.get('support.list', {})).questions).toMatchObject([{ text: 'Why?', state: 'open' }]))
    await soon(async () => expect((await alice.get('contacts.list', {})).contacts).toMatchObject([{ id: contact, kept: 'everywhere' }]))
    expect(await devicesOf(alice)).toMatchObject([{ isThis: true }])
  },
  realSessions,
)

scenario(
  'a session that ran out is begun anew with a code, where there is a second factor',
  async ({ alice, service }) => {
    const { secret } = await alice.get('secondFactor.setUpApp', {})
    const code = () => generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) })
    await alice.get('secondFactor.confirmApp', { code: code() })
    await soon(async () => {
      await lives(alice, 31 * day)
      expect(await alice.get('app.state', {})).toMatchObject({ phase: 'unlocked', sessionExpired: true })
    })
    const begun = await alice.get('account.signInAgain', { password: 'a quiet violet engine hums' })
    if (begun.state !== 'second_factor') throw new Error('nobody asked for a code')
    expect(await alice.get('app.state', {})).toMatchObject({ sessionExpired: true })
    await alice.get('account.answerSignIn', { challengeId: begun.challenge.challengeId, way: 'app', code: code() })
    expect(await alice.get('app.state', {})).toMatchObject({ signedIn: true, sessionExpired: false })
    expect(await devicesOf(alice)).toMatchObject([{ isThis: true }])
  },
  realSessions,
)

scenario('a new device is told to the others, is named, and is signed out at once', async ({ alice, another }) => {
  const phone = await another()
  await phone.signsIn(alice.email)
  await soon(() => expect(toldOf(alice)).toMatchObject([{ what: 'device_added' }]))
  expect(toldOf(phone)).toEqual([])
  const [mine, other] = await devicesOf(alice)
  expect([mine?.isThis, other?.isThis]).toEqual([true, false])
  const deviceId = other?.id ?? ''
  expect(await alice.get('devices.rename', { id: newId(), deviceId, name: 'Pocket 手机' })).toMatchObject({ name: 'Pocket 手机' })
  expect(await alice.ask('devices.revoke', { id: newId(), deviceId: mine?.id ?? '' })).toMatchObject({ code: 'not_allowed' })
  expect(await alice.get('devices.revoke', { id: newId(), deviceId })).toMatchObject({ id: deviceId })
  await soon(async () => expect(await phone.get('app.state', {})).toMatchObject({ phase: 'unlocked', signedIn: false }))
  expect(await phone.get('devices.unsent', {})).toEqual({ wishes: [] })
  expect((await devicesOf(alice)).map(({ id }) => id)).toEqual([mine?.id])
  await soon(async () =>
    expect((await alice.get('devices.events', {})).events.map(({ what, device }) => [what, device.id])).toEqual(
      expect.arrayContaining(['device_added', 'device_renamed', 'device_revoked'].map(what => [what, deviceId])),
    ),
  )
  // What it did itself is no news to it.
  expect(toldOf(alice)).toHaveLength(1)
})

scenario('a device that comes back revoked tells each wish that it had not sent, and none is done', async ({ alice, another, shop }) => {
  await alice.has('EUR', '50.00')
  const phone = await another()
  await phone.signsIn(alice.email)
  await phone.nowHas('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const slip = await phone.get('payments.review', { text: order.code })
  phone.network.goesOffline()
  const id = newId()
  const wish = { id, orderCode: slip.order.code, total: slip.total, shopId: slip.order.shop.id }
  expect(await phone.get('payments.confirm', wish)).toMatchObject({ state: 'pending' })
  await phone.ask('support.ask', { id: newId(), about: 'a', text: 'secret words' })
  const deviceId = (await devicesOf(alice)).find(({ isThis }) => !isThis)?.id ?? ''
  await alice.get('devices.revoke', { id: newId(), deviceId })

  phone.network.comesBack()
  await soon(async () => {
    await lives(phone, 61_000)
    expect(await phone.get('app.state', {})).toMatchObject({ phase: 'unlocked', signedIn: false })
  })
  const { wishes } = await phone.get('devices.unsent', {})
  expect(wishes).toMatchObject([
    { id, kind: 'payment.confirm', amount: { currency: 'EUR', value: '24.90' }, payee: 'Lumen Books' },
    { kind: 'question.ask', amount: null, payee: '' },
  ])
  expect(JSON.stringify(wishes)).not.toContain('secret')
  await shop.wasNotPaid(order)
  await alice.nowHas('EUR', '50.00')
  await phone.restarts()
  await phone.ask('app.unlock', { password: null })
  expect((await phone.get('devices.unsent', {})).wishes).toHaveLength(2)
  await phone.get('devices.forgetUnsent', {})
  expect(await phone.get('devices.unsent', {})).toEqual({ wishes: [] })
})
