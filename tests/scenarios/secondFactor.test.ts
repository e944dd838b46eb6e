import { generateSync } from 'otplib'
import { expect } from 'vitest'
import { newId, scenario, soon } from './world.ts'

const accountPassword = 'a quiet violet engine hums'

scenario('a second device asks for a code, and a large payment too', async ({ alice, another, shop, clock, service }) => {
  const { secret } = await alice.get('secondFactor.setUpApp', {})
  const code = () => generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) })
  const { codes } = await alice.get('secondFactor.confirmApp', { code: code() })
  expect(codes).toHaveLength(10)
  await soon(() =>
    expect(alice.told.some(({ event, payload }) => event === 'data.changed' && payload.topics.includes('safety'))).toBe(true),
  )

  const second = await another()
  const begun = await second.get('account.signIn', { email: alice.email, password: accountPassword })
  if (begun.state !== 'second_factor') throw new Error('nobody asked for a code')
  const { challengeId } = begun.challenge
  expect(await second.ask('balances.overview', {})).toMatchObject({ code: 'not_signed_in' })
  expect(await second.ask('account.answerSignIn', { challengeId, way: 'app', code: 'abcdef' })).toMatchObject({ code: 'factor_code_wrong' })
  await second.get('account.answerSignIn', { challengeId, way: 'recovery', code: codes[0] ?? '' })
  expect(await second.get('app.state', {})).toMatchObject({ signedIn: true })

  await second.has('EUR', '1500.00')
  const order = await shop.asks('EUR', '1200.00')
  const slip = await second.get('payments.review', { text: order.code })
  expect(slip.asksFactor).toBe(true)
  const id = newId()
  const wish = { id, orderCode: slip.order.code, total: slip.total, shopId: slip.order.shop.id }
  await clock.moves(31_000)
  const { orderCode, total, shopId } = wish
  const asked = await second.get('secondFactor.ask', { act: { kind: 'payment', commandId: id, orderCode, shopId, total } })
  await second.get('secondFactor.answer', { challengeId: asked.challengeId, way: 'app', code: code() })
  expect(await second.get('payments.confirm', wish)).toMatchObject({ state: 'captured' })
  await shop.wasPaidOnce(order)
})

scenario(
  'a device hears of a new password that somebody asked for, and stops it; the reminder of an old one goes off and on',
  async ({ alice, another }) => {
    const stranger = await another()
    const { resetId } = await stranger.get('account.startReset', { email: alice.email })
    const { mails } = await stranger.get('account.mailbox', {})
    const code = /\b(\d{6})\b/.exec(mails.find(({ to }) => to === alice.email)?.text ?? '')?.[1] ?? ''
    await stranger.get('account.finishReset', { resetId, code, password: 'eleven slow trams at dusk', factor: null })
    await soon(async () => expect((await alice.get('secondFactor.state', {})).resetAt).not.toBeNull())
    await soon(() =>
      expect(alice.told.some(({ event, payload }) => event === 'data.changed' && payload.topics.includes('safety'))).toBe(true),
    )
    expect(await alice.get('secondFactor.stopReset', {})).toMatchObject({ resetAt: null })

    expect(await alice.get('secondFactor.remind', { isOn: false })).toMatchObject({ isReminderOn: false })
    expect(await alice.get('secondFactor.state', {})).toMatchObject({ isReminderOn: false })
    expect(await alice.get('secondFactor.remind', { isOn: true })).toMatchObject({ isReminderOn: true })
  },
)
