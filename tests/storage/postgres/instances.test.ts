import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { eventually, newId, operatorToken, registered } from '../../service/realService.ts'
import { type Door, doorTo } from '../../support/door.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const entry = resolve(import.meta.dirname, '../../../src/service/index.ts')

/** `okpay-service serve` as a process of its own, from the source; what is left of it when the test ends is killed. */
async function startInstance(database: string, args: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-instance-'))
  const child: ChildProcess = spawn(process.execPath, [entry, 'serve', '--data', folder, ...args], {
    env: {
      PATH: process.env['PATH'],
      OKPAY_DATABASE_URL: database,
      OKPAY_SANDBOX: '1',
      OKPAY_FETCH_RATES: '0',
      OKPAY_OPERATOR_TOKEN: operatorToken,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (said += String(data)))
  const gone = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  })
  const url = await eventually(() => {
    const found = /ready: (\S+)/.exec(said)?.[1]
    if (child.exitCode !== null) throw new Error(`it ended and said: ${said}`)
    expect(found).toBeDefined()
    return found ?? ''
  })
  expect(said).not.toContain('never-tell')
  return {
    door: doorTo(url, operatorToken),
    said: () => said,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      child.kill('SIGTERM')
      await gone
      return child.exitCode
    },
  }
}

type Instance = Awaited<ReturnType<typeof startInstance>>
type Person = Awaited<ReturnType<typeof registered>>

/** The same person at another instance: what a balancer does to a wallet. */
const at = (person: Person, { door }: Instance, path: string) => door.call('GET', path, undefined, person.token)

/** Waits at an instance, as a wallet does: a wait may end without news, and is begun again. */
async function firstRowAfter(person: Person, instance: Instance, after: number) {
  for (;;) {
    const page = await at(person, instance, `/v1/feed?after=${after}&waitMs=10000`)
    if (page.body.rows.length > 0) return page.body.rows[0]
  }
}

/** A balancer in front of instances: whoever it leads to, it is one service. */
function balancer(first: Instance) {
  let current = first.door
  const door: Pick<Door, 'call' | 'mails' | 'now' | 'serviceId'> = {
    call: (...wish) => current.call(...wish),
    mails: () => current.mails(),
    now: () => current.now(),
    serviceId: () => current.serviceId(),
  }
  return {
    door,
    leadsTo: (instance: Instance) => {
      current = instance.door
    },
  }
}

async function orderOfOneBook({ door }: Instance): Promise<string> {
  const ordered = await fetch(`${door.url}/shop/lumen/orders`, { method: 'POST', body: new URLSearchParams({ 'q.fieldNotes': '1' }) })
  const code = /data-code>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(await ordered.text())?.[1]
  if (code === undefined) throw new Error(`the shop answered ${ordered.status}`)
  return code
}

async function wishToPay(person: Person, instance: Instance, orderCode: string) {
  const slip = await at(person, instance, `/v1/orders/${orderCode}`)
  const { shop, amount } = slip.body.order
  return { id: newId(), body: { orderCode, total: amount, shopId: shop.id } }
}

test('two instances are one service: what is done at one is seen at the other, and one that is killed takes nothing with it', async context => {
  const server = await postgres(context)
  const url = await server.database()
  const [one, two] = await Promise.all([startInstance(url), startInstance(url)])
  expect(await one.door.serviceId()).toBe(await two.door.serviceId())

  // Registered at the one, topped up at the other, heard at both.
  const line = balancer(one)
  const ana = await registered(line.door)
  const heard: number[] = []
  const socket = new WebSocket(`${two.door.url.replace('http', 'ws')}/v1/socket`, { headers: { authorization: `Bearer ${ana.token}` } })
  socket.on('message', data => heard.push(JSON.parse(String(data)).last))
  await once(socket, 'open')
  const { id: topUpId } = await ana.topsUp('EUR', '500.00')
  const { last } = (await at(ana, two, '/v1/feed?after=0')).body
  const transfer = one.door.call('POST', `/v1/sandbox/top-ups/${topUpId}/transfer`, {}, ana.token)
  expect(await firstRowAfter(ana, two, last)).toMatchObject({ n: last + 1 })
  expect((await transfer).status).toBe(200)
  await eventually(async () => expect(heard.at(-1)).toBe((await at(ana, one, '/v1/feed?after=0')).body.last))
  expect(await ana.balance('EUR')).toBe('500.00')

  // The order is made at the one and paid at the other.
  const wish = await wishToPay(ana, one, await orderOfOneBook(two))
  const paid = await ana.command('payment.confirm', wish.body, wish.id)
  expect(paid).toMatchObject({ ok: true })
  expect(await ana.balance('EUR')).toBe('481.50')

  // Killed in the middle of many payments: each is asked again at the other one, with its id, and stands once.
  const wishes = await Promise.all(Array.from({ length: 12 }, async () => wishToPay(ana, two, await orderOfOneBook(two))))
  const sent = wishes.map(({ id, body }) => ana.command('payment.confirm', body, id).catch(() => undefined))
  await Promise.race(sent)
  await one.kill()
  const first = await Promise.all(sent)
  line.leadsTo(two)
  const second = await Promise.all(wishes.map(({ id, body }) => ana.command('payment.confirm', body, id)))
  expect(second.every(({ ok }) => ok)).toBe(true)
  for (const [index, answer] of first.entries()) if (answer) expect(second[index]).toEqual(answer)
  expect(await ana.balance('EUR')).toBe((481.5 - 12 * 18.5).toFixed(2))
  const payments = (await ana.events()).flatMap(event => (event.type === 'payment' ? [event.payment.id] : []))
  expect([...payments].sort()).toEqual([paid.ok ? wish.id : '', ...wishes.map(({ id }) => id)].sort())

  // Another one takes its place.
  const three = await startInstance(url)
  expect((await at(ana, three, '/v1/feed?after=0')).body).toEqual((await at(ana, two, '/v1/feed?after=0')).body)
  socket.terminate()
  expect(await three.stop()).toBe(0)
}, 60_000)
