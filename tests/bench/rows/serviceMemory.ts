import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FeedPage } from '#contracts/service/feed.ts'
import { ensureBuilt } from '../../../scripts/freshBuild.mjs'
import { bookKey } from '../../load/books.ts'
import { makePayments, type SignedPayment } from '../../load/payers.ts'
import { sendAll } from '../../load/sendAll.ts'
import { get, newDeviceKey, registerHolder, type ServiceDoor } from '../../support/service.ts'
import { memoryMb } from '../ownMemory.ts'
import type { BenchRow } from '../row.ts'

const program = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'service.js')
const payers = 64
const payments = 3000
const signIns = 8

/** The service as it is built, on the book in a folder, once it is ready. */
async function serveBuilt(folder: string): Promise<{ readonly child: ChildProcess; readonly pid: number; readonly url: string }> {
  await ensureBuilt(() => undefined)
  const env = { ...process.env, LC_ALL: 'C.UTF-8', OKPAY_DATABASE_KEY: Buffer.from(bookKey).toString('hex'), OKPAY_FETCH_RATES: '0' }
  const child = spawn(process.execPath, [program, 'serve', '--data', folder, '--sandbox'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) {
    const url = /ready: (\S+)/.exec(line)?.[1]
    if (url !== undefined && child.pid !== undefined) return { child, pid: child.pid, url }
  }
  throw new Error('the service did not start')
}

/** What a wallet reads: every page of a person's feed, with their balances in it. */
async function readFeed(service: Pick<ServiceDoor, 'url'>, token: string): Promise<number> {
  for (let after = 0; ; ) {
    const { rows, last } = await get<FeedPage>(service, `/v1/feed?after=${after}`, { token })
    after = rows.at(-1)?.n ?? after
    if (after >= last) return last
  }
}

/** People who register, and all of whom sign in on another device at the same time. */
async function signIn(service: ServiceDoor): Promise<void> {
  const people = []
  for (let n = 0; n < signIns; n += 1) people.push(await registerHolder(service))
  await Promise.all(
    people.map(({ email, password }) => {
      const device = { publicKey: newDeviceKey().publicKey, name: 'Another', system: 'test' }
      return get(service, '/v1/sessions', { body: { email, password, device } })
    }),
  )
}

/** The most that the service had in memory, in MB, as its calls go on. */
async function peaks(folder: string, paymentsTo: (serviceId: string) => readonly SignedPayment[]) {
  const { child, pid, url } = await serveBuilt(folder)
  const ended = once(child, 'exit')
  try {
    const { serviceId } = await get<{ serviceId: string }>({ url }, '/v1/service')
    const startedMb = memoryMb('VmHWM', pid)
    const all = paymentsTo(serviceId)
    await sendAll([url], all)
    const events = await Promise.all([...new Set(all.map(({ token }) => token))].map(token => readFeed({ url }, token)))
    const servedMb = memoryMb('VmHWM', pid)
    await signIn({ url, ports: { clock: Date.now, identity: { serviceId } } })
    return { startedMb, servedMb, signedInMb: memoryMb('VmHWM', pid), events: events.reduce((sum, last) => sum + last, 0) }
  } finally {
    child.kill()
    await ended
  }
}

const row: BenchRow = {
  name: 'memory of the service process 1M',
  seconds: 25,
  needsWallet: false,
  needsBook: true,
  measure: async ({ folder, book }) => {
    const told = { unit: 'MB', reference: null, ratio: null, goal: 'none set', ok: null }
    if (process.platform !== 'linux') return { ...told, value: Number.NaN, note: 'what another process has in memory is read from /proc' }
    const data = join(folder, 'service')
    mkdirSync(data)
    const path = join(data, 'service.db')
    copyFileSync((await book()).path, path)
    const shops = Array.from({ length: payers }, (_, n) => `shop-${n}`)
    const { startedMb, servedMb, signedInMb, events } = await peaks(data, await makePayments({ path }, payers, shops, payments))
    const note =
      `the built program at most: ${startedMb.toFixed(0)} MB once it listens, ${servedMb.toFixed(0)} MB after ${payments} payments over 64 connections and ` +
      `${events} events of ${payers} feeds read at once, and with ${signIns} sign-ins at once, each of which takes 64 MB for its password, four at a time`
    return { ...told, value: signedInMb, note }
  },
}

export const rows: readonly BenchRow[] = [row]
