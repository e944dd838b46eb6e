import { expect } from 'vitest'
import { tokenHash } from '#service/sessions.ts'
import { testClock } from '../support/clock.ts'
import { startTestService } from '../support/service.ts'
import { newId, scenario, soon } from './world.ts'

scenario('a device that was revoked is signed out at once and forgets', async ({ alice, service }) => {
  await alice.has('EUR', '50.00')
  const { store, clock } = service.ports
  await store.write(async tx => {
    const session = await tx.sessions.find(tokenHash(alice.network.token()))
    await tx.devices.revoke(session?.deviceId ?? '', clock())
  })
  await soon(async () => expect(await alice.get('app.state', {})).toMatchObject({ phase: 'unlocked', signedIn: false }))
  await alice.signsIn(alice.email)
  await alice.nowHas('EUR', '50.00')
})

scenario('signing out out of reach forgets here, and ends the session there once it is back', async ({ alice, clock, service }) => {
  const hash = tokenHash(alice.network.token())
  const isEnded = async () => ((await service.ports.store.read(tx => tx.sessions.find(hash)))?.endedAt ?? null) !== null
  alice.network.goesOffline()
  await alice.get('account.signOut', {})
  expect(await alice.get('app.state', {})).toMatchObject({ signedIn: false })
  expect(await isEnded()).toBe(false)
  alice.network.comesBack()
  await soon(async () => {
    await clock.moves(60_000)
    // Minutes without a hand lock the wallet, however slow this computer is.
    await alice.ask('app.unlock', { password: null })
    expect(await isEnded()).toBe(true)
  })
})

scenario('with a clock that is hours off reading goes on, and money waits for the right time', async ({ another, shop, service }) => {
  const clock = testClock()
  const carol = await another({ clock })
  await carol.registers()
  await carol.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  await clock.moves(-3 * 3_600_000)
  await soon(async () => {
    await carol.get('payments.review', { text: order.code })
    expect((await carol.get('app.state', {})).service.status).toBe('clock_wrong')
  })
  await expect(carol.confirms(order)).rejects.toThrow('clock_wrong')
  await carol.nowHas('EUR', '50.00')
  expect(await carol.get('support.ask', { id: newId(), about: 'clock', text: 'What time is it?' })).toMatchObject({ state: 'open' })
  await clock.moves(3 * 3_600_000)
  // A clock that jumps by hours looks like hours of rest.
  await carol.ask('app.unlock', { password: null })
  expect(await carol.confirms(order)).toMatchObject({ state: 'captured' })
  await shop.wasPaidOnce(order)
  expect(service.log.filter(({ event }) => event === 'fault')).toEqual([])
})

scenario('a service elsewhere that says that it is a sandbox is one to the window, also out of reach', async ({ another, service }) => {
  const carol = await another()
  const standing = async () => (await carol.get('app.state', {})).service
  await carol.get('app.useService', { service: { mode: 'address', address: service.url } })
  await soon(async () => expect(await standing()).toMatchObject({ mode: 'address', status: 'online', isSandbox: true }))
  carol.network.goesOffline()
  await carol.ask('account.register', { email: 'carol@example.org' })
  expect(await standing()).toMatchObject({ status: 'offline', isSandbox: true, shopUrl: null })
})

scenario('another service at the same address gets no token and no command', async ({ alice, shop, service }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  await alice.get('payments.review', { text: order.code })
  const { port } = new URL(service.url)
  await service.stop()
  const stranger = await startTestService({ clock: alice.clock.now, config: { port: Number(port) } })
  try {
    const confirmed = await alice.get('payments.confirm', {
      id: newId(),
      orderCode: order.code,
      total: { currency: 'EUR', value: '24.90' },
      shopId: order.shop.id,
    })
    expect(confirmed.state).toBe('pending')
    await alice.clock.moves(61_000)
    await soon(() => expect(stranger.log.map(({ route }) => route)).toContain('GET /v1/service'))
    await alice.clock.moves(61_000)
    const routes = new Set(stranger.log.map(({ route }) => route))
    for (const route of ['POST /v1/commands', 'GET /v1/feed', 'GET /v1/socket']) expect(routes).not.toContain(route)
    await alice.nowHas('EUR', '50.00')
  } finally {
    await stranger.stop()
  }
})

scenario('a wallet that is locked in the middle of a payment finishes it when it is opened', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  const slip = await alice.get('payments.review', { text: order.code })
  alice.network.delaysCommandsBy(300)
  const id = newId()
  const confirming = alice.ask('payments.confirm', { id, orderCode: order.code, total: slip.total, shopId: order.shop.id })
  await soon(async () => expect((await alice.get('payments.pending', {})).payments).toHaveLength(1))
  await alice.get('app.lock', {})
  expect(await confirming).toMatchObject({ kind: 'decline', code: 'wallet_locked' })
  alice.network.delaysCommandsBy(0)
  await alice.get('app.unlock', { password: null })
  await alice.nowHas('EUR', '25.10')
  await shop.wasPaidOnce(order)
  expect(await alice.payment(id)).toMatchObject({ state: 'captured' })
})

scenario('a link that was opened while locked leads to the slip once the wallet is open', async ({ alice }) => {
  await alice.get('app.lock', {})
  alice.told.length = 0
  alice.wallet().openLink('okpay://pay/K7F39QTX?service=0123456789AB')
  expect(alice.told).toEqual([])
  await alice.get('app.unlock', { password: null })
  await soon(() =>
    expect(alice.told).toContainEqual({ event: 'link.opened', payload: { text: 'okpay://pay/K7F39QTX?service=0123456789AB' } }),
  )
})

scenario(
  'a wallet that is locked and opened again and again while it reads the news ends with all of it, once',
  async ({ alice, shop }) => {
    await alice.has('EUR', '50.00')
    await alice.confirms(await shop.asks('EUR', '10.00'))
    for (let turn = 0; turn < 3; turn += 1) {
      const asked = alice.ask('balances.overview', {})
      await alice.get('app.lock', {})
      expect(await asked).not.toMatchObject({ code: 'unexpected' })
      await alice.get('app.unlock', { password: null })
    }
    await alice.nowHas('EUR', '40.00')
    expect((await alice.get('history.page', { filter: {}, after: null, limit: 10 })).rows).toHaveLength(2)
    expect(await alice.get('provider.state', {})).toMatchObject({ mismatch: null })
  },
)
