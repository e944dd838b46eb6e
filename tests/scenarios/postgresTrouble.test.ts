import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { verify } from '#service/program/verify.ts'
import { readBook } from '#storage/postgres/service/bookReader.ts'
import { operatorToken } from '../service/realService.ts'
import { orderOfOneBook, startInstance } from '../storage/postgres/instance.ts'
import { testClock } from '../support/clock.ts'
import { lineThatBreaks } from '../support/lineThatBreaks.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgresServer.ts'
import { newId, person } from './world.ts'

const postgres = postgresOfThisFile()

/** What befalls a database, and how it passes. `url`: where the service finds it. */
type Trouble = { readonly url: string; begins(): Promise<unknown>; ends(): Promise<unknown> }
/** `mayMove`: what was asked for during the trouble may stand, though nobody was told. */
type Row = { readonly name: string; readonly code: string; readonly mayMove?: true; readonly of: TroubleOf }
type TroubleOf = (server: PostgresServer, database: string, context: TestContext) => Promise<Trouble> | Trouble

const ofServer = (server: PostgresServer, sql: string) => server.query(server.url('postgres'), sql)

async function setReadOnly(server: PostgresServer, value: 'on' | 'off'): Promise<void> {
  await ofServer(server, `ALTER SYSTEM SET default_transaction_read_only = ${value}`)
  await ofServer(server, 'SELECT pg_reload_conf()')
}

/** The service's own name at the database gets another password, and has to come in again. */
async function setPassword(server: PostgresServer, password: string): Promise<void> {
  await ofServer(server, `ALTER ROLE clerk PASSWORD '${password}'`)
  await ofServer(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'`)
}

/** A disk of its own for the tables of one database, which can be filled. */
async function smallDisk(server: PostgresServer, database: string, context: TestContext): Promise<Trouble> {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-small-disk-'))
  const mount = (...words: string[]) => execFileSync('mount', ['-t', 'tmpfs', '-o', ...words, 'tmpfs', folder], { stdio: 'ignore' })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  try {
    mount('size=24m')
  } catch {
    context.skip('a disk can be filled only where this user may mount one')
  }
  onTestFinished(async () => {
    await server.stop()
    execFileSync('umount', [folder])
  })
  chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })), -1)
  await ofServer(server, `CREATE TABLESPACE small LOCATION '${folder}'`)
  await ofServer(server, `ALTER DATABASE ${new URL(database).pathname.slice(1)} SET TABLESPACE small`)
  await server.query(database, 'CREATE TABLE filler (text TEXT)')
  const fill = async (bytes: number): Promise<void> => {
    const insert = `INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, ${Math.ceil(bytes / 1000)})`
    for (;;)
      try {
        await server.query(database, insert)
      } catch (error) {
        expect(error).toMatchObject({ code: '53100' })
        return
      }
  }
  return {
    url: database,
    begins: async () => {
      for (const bytes of [1_000_000, 100_000, 1_000]) await fill(bytes)
    },
    ends: async () => mount('remount,size=64m'),
  }
}

const cutAt =
  (when: 'before' | 'after'): TroubleOf =>
  async (_server, database) => {
    const { url, breaks, mends } = await lineThatBreaks(database, when)
    return { url, begins: async () => breaks(), ends: async () => mends() }
  }

const troubles: readonly Row[] = [
  { name: 'is gone', code: 'service_offline', of: (server, url) => ({ url, begins: server.crash, ends: server.start }) },
  {
    name: 'takes no writes',
    code: 'service_offline',
    of: (server, url) => ({ url, begins: () => setReadOnly(server, 'on'), ends: () => setReadOnly(server, 'off') }),
  },
  { name: 'is cut off before it hears of the commit', code: 'service_timeout', of: cutAt('before') },
  { name: 'is cut off before its answer to the commit comes back', code: 'service_timeout', mayMove: true, of: cutAt('after') },
  {
    name: 'knows another password',
    code: 'service_offline',
    of: async (server, database) => {
      await ofServer(server, `CREATE ROLE clerk LOGIN SUPERUSER PASSWORD 'never-tell-clerk'`)
      return {
        url: database.replace(/\/\/[^@]+@/, '//clerk:never-tell-clerk@'),
        begins: () => setPassword(server, 'never-tell-other'),
        ends: () => setPassword(server, 'never-tell-clerk'),
      }
    },
  },
  // In a page here and there it still has room.
  { name: 'has a full disk', code: 'disk_full', mayMove: true, of: smallDisk },
]

const price = 18.5
const orders = [1, 2, 3, 4]

/** A person with EUR 500 and slips of a few orders that they have seen. */
async function personWithSlips(instance: Awaited<ReturnType<typeof startInstance>>) {
  const clock = testClock()
  const ana = await person(instance.door, clock)
  onTestFinished(() => ana.close())
  await ana.registers()
  await ana.has('EUR', '500.00')
  const wishes: { id: string; orderCode: string; total: { currency: 'EUR'; value: string }; shopId: string }[] = []
  for (const _ of orders) {
    const { order, total } = await ana.get('payments.review', { text: await orderOfOneBook(instance) })
    wishes.push({ id: newId(), orderCode: order.code, total: { currency: 'EUR', value: total.value }, shopId: order.shop.id })
  }
  /** Lets the wallet's waits between its tries pass, until all is paid. */
  const isPaid = async (): Promise<void> => {
    for (let tries = 12; ; tries -= 1) {
      const states = await Promise.all(wishes.map(async ({ id }) => (await ana.payment(id)).state))
      if (states.every(state => state === 'captured')) return
      if (tries === 0) throw new Error(`left as ${states.join(', ')}`)
      await clock.moves(15_000)
      await pause(500)
    }
  }
  return { ana, wishes, isPaid }
}

for (const { name, code, mayMove, of } of troubles)
  test(`while its PostgreSQL ${name} a payment waits, and it is made once`, { timeout: 90_000 }, async context => {
    const server = await postgres(context)
    const database = await server.database()
    const trouble = await of(server, database, context)
    const instance = await startInstance(trouble.url)
    const { ana, wishes, isPaid } = await personWithSlips(instance)

    await trouble.begins()
    const states: string[] = []
    for (const wish of wishes) states.push((await ana.get('payments.confirm', wish)).state)
    expect(states.at(-1)).toBe('pending')
    if (!mayMove) {
      expect(new Set(states)).toEqual(new Set(['pending']))
      await ana.nowHas('EUR', '500.00')
    }
    expect(instance.said()).toContain(`"code":"${code}"`)
    expect((await fetch(`${instance.door.url}/healthz`)).status).toBe(200)

    await trouble.ends()
    await isPaid()
    await ana.nowHas('EUR', (500 - orders.length * price).toFixed(2))
    expect((await ana.get('provider.check', {})).mismatch).toBeNull()
    await readBook(database, async book => {
      // The top-up, and each payment once.
      expect(await verify(book)).toMatchObject({ wrong: null, postings: 1 + orders.length })
      const own = (await book.states(0, 100)).find(({ state }) => state.id.startsWith('holder:'))
      expect(own?.state).toMatchObject({ posted: 42_600n, held: 0n, version: 1 + orders.length })
    })
    const asked = await fetch(`${instance.door.url}/metrics`, { headers: { authorization: `Bearer ${operatorToken}` } })
    for (const text of [instance.said(), await asked.text()]) expect(text).not.toContain('never-tell')
  })
