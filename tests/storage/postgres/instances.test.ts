import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { watching } from '#core/risk/ruleSets/watching.ts'
import { eventually, operatorToken, registered } from '../../service/realService.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'
import { at, balancer, firstRowAfter, orderOfOneBook, startInstance, wishToPay } from './instance.ts'

const postgres = postgresOfThisFile()

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

  // Nobody pays so fast by hand: the payments are judged, and none is stopped.
  await two.door.call('POST', '/v1/operator/risk/rule-sets', { version: watching.version, role: 'active' }, operatorToken)
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
  const [there, here] = [await at(ana, two, '/v1/feed?after=0'), await at(ana, three, '/v1/feed?after=0')]
  expect([here.body.rows, here.body.last]).toEqual([there.body.rows, there.body.last])
  socket.terminate()
  expect(await three.stop()).toBe(0)
}, 60_000)
