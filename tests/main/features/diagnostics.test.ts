import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, type TestWallet, testWallet } from '../../support/wallet.ts'

const service = 'https://operator-of-lin.example'
let wallet: TestWallet
beforeEach(async () => {
  wallet = await testWallet({ service: 'http://127.0.0.1:9' })
  await wallet.get('app.create', { password: goodPassword, service: { mode: 'address', address: service } })
})
afterEach(() => wallet.close())

const planted = ['Lin Wei', 'lin@example.org', '1250.00', 'okpay://pay/K7F39QTX', goodPassword, 'the note of a person']

test('the bundle is an allow-list: what was planted in the log and the folder is not in it', async () => {
  const log = join(wallet.dataDir, 'logs', 'wallet.log')
  appendFileSync(log, `${JSON.stringify({ time: '2026-11-23T08:00:00.000Z', event: planted[5], name: planted[0], method: planted[1] })}\n`)
  appendFileSync(log, `${planted[3]} ${planted[4]}\n`)
  const { text } = await wallet.get('diagnostics.preview', {})
  for (const secret of [...planted, wallet.dataDir, 'operator-of-lin']) expect(text).not.toContain(secret)
  expect(JSON.parse(text)).toMatchObject({
    wallet: { version: '0.0.0-test', phase: 'unlocked', hasPassword: true, service: { status: expect.any(String) } },
    log: expect.arrayContaining([expect.objectContaining({ event: 'started' }), expect.objectContaining({ event: '[redacted]' })]),
  })
})

test('what is saved is what was shown, to the letter', async () => {
  expect(await wallet.ask('diagnostics.save', { path: null })).toMatchObject({ code: 'not_found' })
  const { text } = await wallet.get('diagnostics.preview', {})
  await wallet.get('app.lock', {})
  await wallet.get('app.unlock', { password: goodPassword })
  const { path } = await wallet.get('diagnostics.save', { path: null })
  expect(readFileSync(path, 'utf8')).toBe(text)
  expect(await wallet.ask('diagnostics.save', { path: join(wallet.dataDir, 'x') })).toMatchObject({ code: 'not_allowed' })
})
