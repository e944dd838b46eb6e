import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { eventually, newId, operatorToken, type registered } from '../../service/realService.ts'
import { type Door, doorTo } from '../../support/door.ts'

const entry = resolve(import.meta.dirname, '../../../src/service/index.ts')

/** `okpay-service serve` as a process of its own, from the source; what is left of it when the test ends is killed. */
export async function startInstance(database: string, args: readonly string[] = []) {
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
export const at = (person: Person, { door }: Instance, path: string) => door.call('GET', path, undefined, person.token)

/** Waits at an instance, as a wallet does: a wait may end without news, and is begun again. */
export async function firstRowAfter(person: Person, instance: Instance, after: number) {
  for (;;) {
    const page = await at(person, instance, `/v1/feed?after=${after}&waitMs=10000`)
    if (page.body.rows.length > 0) return page.body.rows[0]
  }
}

/** A balancer in front of instances, which leads each call to the next of them: it is one service. */
export function balancer(...first: readonly Instance[]) {
  let behind = first
  let calls = 0
  const next = (): Instance['door'] => {
    calls += 1
    const instance = behind[calls % behind.length]
    if (!instance) throw new Error('no instance is behind the balancer')
    return instance.door
  }
  const door: Pick<Door, 'call' | 'mails' | 'now' | 'serviceId'> = {
    call: (...wish) => next().call(...wish),
    mails: () => next().mails(),
    now: () => next().now(),
    serviceId: () => next().serviceId(),
  }
  return {
    door,
    leadsTo: (...instances: readonly Instance[]) => {
      behind = instances
    },
  }
}

/** Opens euro and lets the sandbox's bank send so much. */
export async function hasEuro(person: Person, door: Pick<Door, 'call'>, value: string): Promise<void> {
  const { id } = await person.topsUp('EUR', value)
  await door.call('POST', `/v1/sandbox/top-ups/${id}/transfer`, {}, person.token)
  expect(await person.balance('EUR')).toBe(value)
}

export async function orderOfOneBook({ door }: Instance): Promise<string> {
  const ordered = await fetch(`${door.url}/shop/lumen/orders`, { method: 'POST', body: new URLSearchParams({ 'q.fieldNotes': '1' }) })
  const code = /data-code>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(await ordered.text())?.[1]
  if (code === undefined) throw new Error(`the shop answered ${ordered.status}`)
  return code
}

export async function wishToPay(person: Person, instance: Instance, orderCode: string) {
  const slip = await at(person, instance, `/v1/orders/${orderCode}`)
  const { shop, amount } = slip.body.order
  return { id: newId(), body: { orderCode, total: amount, shopId: shop.id } }
}
