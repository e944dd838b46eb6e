import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemEnv } from '../support/app.ts'
import { type BadLine, badLine, type Mood } from '../support/badLine.ts'
import {
  appPassword,
  builtEntry,
  dataFolder,
  embeddedServicesOf,
  euroCents,
  eventually,
  hasEuro,
  newId,
  orderOfNoteBooks,
  processesWith,
  registers,
  type ServiceProcess,
  startEntry,
  startService,
  startWallet,
  type WalletProcess,
  whenServiceIs,
} from '../support/processes.ts'

const whole = { posted: 6_000, held: 0 }
const left = (payments: number) => ({ posted: 6_000 - payments * 1_850, held: 0 })

type Stage = {
  readonly folder: string
  readonly line: BadLine
  readonly env: Readonly<Record<string, string>>
  wallet: WalletProcess
  service: ServiceProcess
}

/** A person with EUR 60.00, at a service behind a line that can go bad. */
async function stage(): Promise<Stage> {
  const service = await startService(dataFolder('rehearsal-service'))
  const line = await badLine(service.url)
  const folder = dataFolder('rehearsal')
  const env = { OKPAY_SERVICE_URL: line.url }
  const wallet = await startWallet(folder, env)
  await registers(wallet)
  await hasEuro(wallet, '60.00')
  await eventually(async () => expect(await euroCents(wallet)).toEqual(whole))
  return { folder, line, env, wallet, service }
}

const serviceBack = async (on: Stage): Promise<void> => {
  on.service = await startService(on.service.folder, Number(new URL(on.service.url).port))
}

async function walletBack(on: Stage): Promise<void> {
  await on.wallet.kill()
  on.wallet = await startWallet(on.folder, on.env)
  await on.wallet.get('app.unlock', { password: appPassword })
}

/** A slip that was looked at while all was well; `confirm` agrees to it. */
async function slipOf({ wallet, service }: Stage) {
  const id = newId()
  const { order, total } = await wallet.get('payments.review', { text: await orderOfNoteBooks(service.url) })
  return { id, wish: { id, orderCode: order.code, total, shopId: order.shop.id } }
}

const statusOf = async (wallet: WalletProcess): Promise<string> => (await wallet.get('app.state', {})).service.status

/** What the person had stays on the screen: balances and history as they were last known. */
async function showsWhatWasKnown(wallet: WalletProcess): Promise<void> {
  expect(await euroCents(wallet)).toEqual(whole)
  const { rows } = await wallet.get('history.page', { filter: { states: ['done'] }, after: null, limit: 10 })
  expect(rows.map(({ kind }) => kind)).toEqual(['top_up'])
}

/** Captured by itself, once: nobody asks again. */
async function isPaidOnce({ wallet }: Stage, id: string, payments = 1): Promise<void> {
  await eventually(async () => expect((await wallet.get('payments.get', { id })).state).toBe('captured'))
  await eventually(async () => expect(await euroCents(wallet)).toEqual(left(payments)))
  expect((await wallet.get('payments.pending', {})).payments).toEqual([])
}

describe('the service', () => {
  test('is down in the middle of a payment and while the wallet starts: the payment is pending, and is made once when it is back', async () => {
    const on = await stage()
    const { id, wish } = await slipOf(on)
    await on.service.kill()
    expect((await on.wallet.get('payments.confirm', wish)).state).toBe('pending')
    await eventually(async () => expect(await statusOf(on.wallet)).toBe('offline'))
    await showsWhatWasKnown(on.wallet)
    const topUp = { id: newId(), amount: { currency: 'EUR', value: '3.00' } } as const
    expect(await on.wallet.ask('topUps.create', topUp)).toMatchObject({ ok: false, kind: 'fault', code: 'service_offline' })

    await walletBack(on)
    await eventually(async () => expect(await statusOf(on.wallet)).toBe('offline'))
    await showsWhatWasKnown(on.wallet)
    expect((await on.wallet.get('payments.get', { id })).state).toBe('pending')
    expect((await on.wallet.get('payments.pending', {})).payments.map(payment => payment.id)).toEqual([id])

    await serviceBack(on)
    await isPaidOnce(on, id)
    await whenServiceIs(on.wallet, 'online')
    await eventually(async () => expect((await on.wallet.get('topUps.get', { id: topUp.id })).state).toBe('instructed'))
    expect((await on.wallet.get('topUps.list', {})).topUps).toHaveLength(2)
  })

  test('does what was asked and its answer is lost: it is asked again and has been done once', async () => {
    const on = await stage()
    const { id, wish } = await slipOf(on)
    on.line.becomes({ is: 'mute' })
    expect((await on.wallet.get('payments.confirm', wish)).state).toBe('pending')
    await eventually(() => expect(on.line.sent(id)).toBeGreaterThan(0))
    on.line.becomes({ is: 'good' })
    await isPaidOnce(on, id)
  })

  test('is slow, and all goes on slowly; so slow that nobody waits, and it is told', { timeout: 180_000 }, async () => {
    const on = await stage()
    on.line.becomes({ is: 'slow', ms: 700 })
    const { id, wish } = await slipOf(on)
    expect((await on.wallet.get('payments.confirm', wish)).state).toBe('captured')
    await isPaidOnce(on, id)
    const second = await slipOf(on)
    on.line.becomes({ is: 'slow', ms: 12_000 })
    const asked = on.wallet.ask('payments.review', { text: second.wish.orderCode })
    expect(await euroCents(on.wallet)).toEqual(left(1))
    expect(await asked).toMatchObject({ ok: false, kind: 'fault', code: expect.stringMatching(/service_(timeout|offline)/) })
    expect(await statusOf(on.wallet)).toBe('offline')
    on.line.becomes({ is: 'good' })
    await whenServiceIs(on.wallet, 'online')
  })

  test('answers what nobody can read: it is told, thrown away, and the payment is made once when it is sane', {
    timeout: 180_000,
  }, async () => {
    const on = await stage()
    const moods: readonly Mood[] = [{ is: 'garbage' }, { is: 'cut' }, { is: 'endless' }]
    for (const [paid, mood] of moods.entries()) {
      const { id, wish } = await slipOf(on)
      on.line.becomes(mood)
      expect((await on.wallet.get('payments.confirm', wish)).state).toBe('pending')
      await eventually(async () => expect(await statusOf(on.wallet)).toBe('garbage'))
      expect(await euroCents(on.wallet)).toEqual(left(paid))
      expect(await on.wallet.ask('payments.review', { text: wish.orderCode })).toMatchObject({
        ok: false,
        kind: 'fault',
        code: 'service_garbage',
      })
      on.line.becomes({ is: 'good' })
      await isPaidOnce(on, id, paid + 1)
      await whenServiceIs(on.wallet, 'online')
    }
  })

  test.each([3, -3])('has a clock %i hours off: reading goes on, nothing is signed, and it is told until it is right', async hours => {
    const on = await stage()
    const { id, wish } = await slipOf(on)
    on.line.becomes({ is: 'clock', ms: hours * 3_600_000 })
    await walletBack(on)
    await eventually(async () => expect(await statusOf(on.wallet)).toBe('clock_wrong'))
    await showsWhatWasKnown(on.wallet)
    expect(await on.wallet.ask('payments.review', { text: wish.orderCode })).toMatchObject({ ok: true })
    expect(await on.wallet.ask('payments.confirm', wish)).toMatchObject({ ok: false, kind: 'fault', code: 'clock_wrong' })
    expect(on.line.sent(id)).toBe(0)
    expect(await on.wallet.ask('payments.get', { id })).toMatchObject({ ok: false, code: 'not_found' })
    on.line.becomes({ is: 'good' })
    expect((await on.wallet.get('payments.confirm', wish)).state).toBe('captured')
    await isPaidOnce(on, id)
  })

  test('is another one at the same address: it gets no command and changes nothing', async () => {
    const on = await stage()
    const { id, wish } = await slipOf(on)
    await on.service.kill()
    expect((await on.wallet.get('payments.confirm', wish)).state).toBe('pending')
    const stranger = await startService(dataFolder('rehearsal-stranger'), Number(new URL(on.service.url).port))
    expect(await on.wallet.ask('payments.review', { text: wish.orderCode })).toMatchObject({
      ok: false,
      kind: 'fault',
      code: 'service_garbage',
    })
    await wait(1_500)
    expect(on.line.sent(id)).toBe(0)
    await showsWhatWasKnown(on.wallet)
    await stranger.stop()
    await serviceBack(on)
    await isPaidOnce(on, id)
  })
})

describe.skipIf(process.platform !== 'linux')('nothing is left of OKPAY', () => {
  test.each([150, 450, 1_000])('after kill -9 %i ms into its start', async ms => {
    const folder = dataFolder('rehearsal')
    const app = await startEntry('loopback.js', { args: ['--data-dir', folder] })
    await wait(ms)
    await app.kill()
    await eventually(() => expect(processesWith(folder)).toEqual([]))
    const next = await startWallet(folder)
    expect(await next.stop()).toBe(0)
  })

  test('after Ctrl-C, which reaches every process of the terminal at once', async () => {
    const folder = dataFolder('rehearsal')
    const child = spawn(process.execPath, [builtEntry('loopback.js'), '--data-dir', folder], {
      env: systemEnv('en', { OKPAY_KEYCHAIN: 'off', OKPAY_FETCH_RATES: '0' }),
      stdio: 'ignore',
      detached: true,
    })
    const group = -(child.pid ?? 0)
    onTestFinished(() => {
      if (child.exitCode === null && child.signalCode === null) process.kill(group, 'SIGKILL')
    })
    await eventually(() => expect(embeddedServicesOf(folder)).toHaveLength(1))
    await wait(500)
    const ended = once(child, 'exit')
    process.kill(group, 'SIGINT')
    process.kill(group, 'SIGINT')
    expect((await ended)[0]).toBe(0)
    expect(processesWith(folder)).toEqual([])
  })

  test('after a command of the terminal that was interrupted', async () => {
    const folder = dataFolder('rehearsal')
    const wallet = await startWallet(folder)
    await registers(wallet)
    await wallet.stop()
    writeFileSync(join(folder, 'password.txt'), appPassword)
    const command = await startEntry('cli.js', { args: ['balance', '--data-dir', folder, '--password-file', join(folder, 'password.txt')] })
    await eventually(() => expect(embeddedServicesOf(folder)).toHaveLength(1))
    await command.stop('SIGINT')
    await eventually(() => expect(processesWith(folder)).toEqual([]))
  })
})
