import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CommandAnswer } from '#contracts/service/money.ts'
import { watching } from '#core/risk/ruleSets/watching.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { call, get, newId, registerHolder, type ServiceDoor, signedCommand, type TestHolder, topUp } from '../support/service.ts'

const folder = mkdtempSync(join(tmpdir(), 'okpay-kill-'))
const rounds = 5
const ordersARound = 8
const operatorToken = 'operator-of-a-service-that-is-killed'
let child: ChildProcess
let door: ServiceDoor
let port = 0

async function starts(): Promise<void> {
  child = spawn(
    process.execPath,
    [resolve('src/service/index.ts'), 'serve', '--data', folder, '--sandbox', '--listen', `127.0.0.1:${port}`],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        LC_ALL: 'en_US.UTF-8',
        OKPAY_FETCH_RATES: '0',
        NODE_NO_WARNINGS: '1',
        OKPAY_OPERATOR_TOKEN: operatorToken,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let said = ''
  for (;;) {
    const [data] = await once(child.stdout ?? child, 'data')
    said += String(data)
    const url = /ready: (\S+)\n/.exec(said)?.[1]
    if (url === undefined) continue
    port = Number(new URL(url).port)
    const { serviceId } = await get<{ serviceId: string }>({ url }, '/v1/service')
    door = { url, ports: { clock: Date.now, identity: { serviceId } } }
    return
  }
}

async function isKilled(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

beforeAll(starts)
afterAll(async () => {
  await isKilled()
  rmSync(folder, { recursive: true, force: true })
})

type Shop = { readonly code: string }

async function checksOut(): Promise<Shop> {
  const response = await fetch(`${door.url}/shop/lumen/orders?lang=en`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ 'q.fieldNotes': '1' }),
  })
  const html = await (await fetch(door.url + (response.headers.get('location') ?? ''))).text()
  return { code: (/data-code>([0-9A-Z-]{9})</.exec(html)?.[1] ?? '').replace('-', '') }
}

type Intent = { readonly id: string; readonly holder: TestHolder; readonly command: unknown; answer: CommandAnswer | undefined }

const intentOf = (holder: TestHolder, { code }: Shop): Intent => {
  const id = newId()
  const body = { orderCode: code, shopId: 'shop-lumen', total: { currency: 'EUR', value: '18.50' } }
  return { id, holder, command: signedCommand(door, holder, 'payment.confirm', body, { id }), answer: undefined }
}

/** Sends an intent; what was not answered stays unanswered. An answer that came once must come again for ever. */
async function sends(intent: Intent): Promise<void> {
  const reply = await call(door, '/v1/commands', { body: intent.command, token: intent.holder.token }).catch(() => undefined)
  if (reply?.status !== 200) return
  const answer = reply.body as unknown as CommandAnswer
  if (intent.answer) expect(answer).toEqual(intent.answer)
  intent.answer = answer
}

it('a service that is killed again and again in the middle of payments loses nothing and doubles nothing', async () => {
  // Nobody pays so fast by hand: the payments are judged, and none is stopped.
  await get(door, '/v1/operator/risk/rule-sets', { body: { version: watching.version, role: 'active' }, token: operatorToken })
  const holders = [await registerHolder(door, { email: `a-${randomBytes(4).toString('hex')}@okpay.example` }), await registerHolder(door)]
  for (const holder of holders) await topUp(door, holder, 'EUR', '1000.00')
  const intents: Intent[] = []
  for (let round = 0; round < rounds; round += 1) {
    const shops = await Promise.all(Array.from({ length: ordersARound }, checksOut))
    // Both want each order: one of them gets it.
    const fresh = shops.flatMap(shop => holders.map(holder => intentOf(holder, shop)))
    intents.push(...fresh)
    const sending = Promise.all(fresh.map(sends))
    await pause(5 + round * 7)
    await isKilled()
    await sending
    await starts()
  }
  for (const intent of intents) await sends(intent)
  for (const intent of intents) await sends(intent)
  expect(intents.every(intent => intent.answer)).toBe(true)
  const paid = intents.filter(intent => intent.answer?.ok)
  expect(paid).toHaveLength(rounds * ordersARound)

  const left = await Promise.all(holders.map(holder => holder.available('EUR')))
  const spent = holders.map(holder => BigInt(paid.filter(intent => intent.holder === holder).length) * 1850n)
  expect(left).toEqual(spent.map(minor => 100_000n - minor))
  for (const holder of holders) {
    const { rows, last } = await holder.feed()
    expect(rows.map(row => row.n)).toEqual(Array.from({ length: Math.min(last, 500) }, (_, index) => index + 1))
  }

  await isKilled()
  const key = Buffer.from(readFileSync(join(folder, 'database.key'), 'utf8').trim(), 'hex')
  const store = openServiceStore({ path: join(folder, 'service.db'), key })
  const [shop, fee] = await store.read(async tx => [
    await tx.ledger.account('merchant:shop-lumen:EUR'),
    await tx.ledger.account('fee:okpay:EUR'),
  ])
  await store.close()
  const total = spent.reduce((sum, minor) => sum + minor, 0n)
  expect((shop?.posted ?? 0n) + (fee?.posted ?? 0n)).toBe(total)
  expect(shop?.version).toBe(paid.length)
}, 120_000)
