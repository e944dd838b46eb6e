import { generateSync } from 'otplib'
import { expect, vi } from 'vitest'
import { defaultSessionRules } from '#core/account/session.ts'
import { okpay } from './okpay.ts'
import { scenario, soon } from './world.ts'

const accountPassword = 'a quiet violet engine hums'

/** What somebody types, question after question. */
const typed: (() => string | Promise<string>)[] = []
const asked: string[] = []
vi.mock('#cli/prompt.ts', () => {
  const answer = async (question: string) => {
    asked.push(question)
    return typed.shift()?.()
  }
  return { askLine: answer, askSecret: answer }
})

scenario(
  'the terminal signs in, pays, signs a device out, changes the e-mail and signs in again with a code each',
  async ({ alice, another, shop, clock, service }) => {
    await alice.has('EUR', '1500.00')
    const { secret } = await alice.get('secondFactor.setUpApp', {})
    const code = () => generateSync({ secret, epoch: Math.floor(service.ports.clock() / 1000) })
    await alice.get('secondFactor.confirmApp', { code: code() })
    const second = await another()

    typed.push(() => accountPassword)
    expect(await okpay(second, 'sign-in', alice.email)).toMatchObject({ code: 2 })
    await clock.moves(31_000)
    typed.push(() => accountPassword, code)
    expect(await okpay(second, 'sign-in', alice.email)).toEqual({ code: 0, said: expect.stringContaining('Lin Meihua') })
    await second.nowHas('EUR', '1500.00')

    const order = await shop.asks('EUR', '1200.00')
    typed.push(
      () => 'y',
      () => '000000',
    )
    expect(await okpay(second, 'pay', order.code)).toMatchObject({ code: 2 })
    await shop.wasNotPaid(order)
    await clock.moves(31_000)
    typed.push(() => 'y', code)
    expect(await okpay(second, 'pay', order.code)).toMatchObject({ code: 0, said: expect.stringContaining('Paid EUR') })
    await shop.wasPaidOnce(order)

    const { devices } = await second.get('devices.list', {})
    const other = devices.find(({ isThis }) => !isThis)?.id ?? ''
    await clock.moves(31_000)
    typed.push(code)
    expect(await okpay(second, 'devices', 'revoke', other, '--yes')).toMatchObject({ code: 0 })
    expect((await second.get('devices.list', {})).devices).toMatchObject([{ isThis: true }])

    const email = `other-${alice.email}`
    const mailed = async () => {
      const { mails } = await second.get('account.mailbox', {})
      return /\b(\d{6})\b/.exec(mails.find(({ to }) => to === email)?.text ?? '')?.[1] ?? ''
    }
    await clock.moves(31_000)
    typed.push(() => accountPassword, code, mailed)
    const changed = await okpay(second, 'details', 'email', email, '--json')
    expect(JSON.parse(changed.said)).toMatchObject({ email, phone: null, undo: [{ kind: 'email' }] })
    await soon(async () => expect((await second.get('account.profile', {})).email).toBe(email))
    expect((await okpay(second, 'details')).said).toContain(email)

    await soon(async () => {
      await clock.moves(31 * 86_400_000)
      await second.ask('app.unlock', { password: null })
      expect(await second.get('app.state', {})).toMatchObject({ phase: 'unlocked', sessionExpired: true })
    })
    typed.push(() => accountPassword, code)
    expect(await okpay(second, 'sign-in')).toMatchObject({ code: 0 })
    expect(await second.get('app.state', {})).toMatchObject({ signedIn: true, sessionExpired: false })
    expect((await okpay(second, 'sign-in')).code).toBe(64)
    expect([typed.length, asked.length]).toEqual([0, 14])
  },
  { config: { sessions: defaultSessionRules } },
)
