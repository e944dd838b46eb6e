import { setTimeout as pause } from 'node:timers/promises'
import { findTool, howToInstall } from '../../scripts/tools.mjs'
import { makePayments } from '../load/payers.ts'
import { serveBook } from '../load/service.ts'
import { startPostgres } from '../support/postgresServer.ts'
import { auditBook } from './auditBook.ts'
import { startLines } from './lines.ts'
import type { World, WorldParts } from './world.ts'

const payers = 32
const shops = ['shop-a', 'shop-b', 'shop-c']
/** Payments in one currency follow one another: more at once only wait longer. */
const lines = 4
const perKill = 10
const longestMs = 200

/** Two instances of the service on one PostgreSQL, and payers who send to both. */
export async function postgresWorld({ kills, random, say }: WorldParts): Promise<World> {
  const tool = findTool('postgresql')
  if (tool === undefined) throw new Error(howToInstall('postgresql'))
  const server = await startPostgres(tool)
  const place = { url: await server.database() }
  const count = Math.max(1, (kills.instance + kills.postgres) * perKill)
  const signed = await makePayments(place, payers, shops, count)
  let isTold = false
  const onError = (text: string): void => {
    if (!isTold && text.includes(server.password)) say('an instance told the password of its database')
    isTold ||= text.includes(server.password)
  }
  const start = () => serveBook(place, { onError })
  const instances = [await start(), await start()]
  const payments = signed(instances[0]?.serviceId ?? '')
  const load = startLines({ payments, lines, doors: [0, 1].map(seat => () => instances[seat]?.url ?? ''), say })

  async function killInstance(): Promise<void> {
    const seat = random() < 0.5 ? 0 : 1
    load.fill(perKill)
    await load.news(seat)
    await pause(random() * longestMs)
    await instances[seat]?.kill()
    // The other one goes on alone for a while.
    await load.news(1 - seat)
    instances[seat] = await start()
  }
  async function killPostgres(): Promise<void> {
    load.fill(perKill)
    await load.news(0)
    await pause(random() * longestMs)
    await server.kill()
    await pause(random() * longestMs)
    await server.start()
    // Both go on by themselves.
    await load.news(0)
    await load.news(1)
  }

  return {
    kill: kind => (kind === 'postgres' ? killPostgres() : killInstance()),
    async end() {
      const answered = await load.finish()
      await Promise.all(instances.map(instance => instance.stop()))
      for (const violation of await auditBook(place, { paidMinor: BigInt(answered) * 250n, shops })) say(violation)
      return answered
    },
    async close() {
      await Promise.all(instances.map(instance => instance.kill()))
      await server.stop()
    },
  }
}
