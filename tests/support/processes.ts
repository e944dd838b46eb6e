import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { InputOf, MethodName, OutputOf } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import type { Payment } from '#contracts/wire/shapes.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { connectInstance, type InstanceClient } from '#main/shells/instanceSocket.ts'
import { ensureBuilt } from '../../scripts/freshBuild.mjs'
import { systemEnv } from './app.ts'

const root = resolve(import.meta.dirname, '../..')
/** The path of what is started: loopback.js, cli.js or service.js. */
export const builtEntry = (entry: string): string => join(root, 'out/main', entry)

export const appPassword = 'four quiet words of seven'
export const accountPassword = 'a quiet violet engine hums'
export const newId = (): string => uuidV7(Date.now(), randomBytes(10))

/** Asks until it is so. */
export const eventually = <T>(check: () => Promise<T> | T): Promise<T> => vi.waitFor(check, { timeout: 30_000, interval: 25 })

/** A folder for one test's data, removed with it. */
export function dataFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `okpay-${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  return folder
}

/** The process ids of everything that has this text among its words. Linux only: it reads /proc. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Something of ours that runs by itself. */
export type Running = {
  readonly pid: number
  readonly said: () => string
  readonly isGone: () => boolean
  /** Its exit code, once it has ended by itself. */
  readonly ended: () => Promise<number | null>
  /** Kill -9, and waits until it is gone. */
  kill(): Promise<void>
  /** Asks it to end, and answers its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>
}

export type Start = {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A program that runs the node that runs the entry, such as setpriv with its words. */
  readonly through?: readonly string[]
}

/** Starts a built entry; whatever is left of it when the test ends is killed. */
export async function startEntry(entry: string, { args, env = {}, through = [] }: Start): Promise<Running & { child: ChildProcess }> {
  await ensureBuilt(() => undefined)
  const [program = '', ...words] = [...through, process.execPath, builtEntry(entry), ...args]
  const child = spawn(program, words, {
    cwd: root,
    env: systemEnv('en', { OKPAY_KEYCHAIN: 'off', OKPAY_FETCH_RATES: '0', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said += chunk
    })
  const ended = once(child, 'exit')
  const isGone = () => child.exitCode !== null || child.signalCode !== null
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!isGone()) child.kill(signal)
    await ended
    return child.exitCode
  }
  onTestFinished(() => {
    if (!isGone()) child.kill('SIGKILL')
  })
  return {
    child,
    pid: child.pid ?? 0,
    said: () => said,
    isGone,
    ended: async () => {
      await ended
      return child.exitCode
    },
    kill: async () => void (await end('SIGKILL')),
    stop: (signal = 'SIGTERM') => end(signal),
  }
}

/** Waits for a line that holds one value. */
export const told = (running: Pick<Running, 'said' | 'isGone'>, line: RegExp): Promise<string> =>
  eventually(() => {
    const found = line.exec(running.said())?.[1]
    if (found === undefined && running.isGone()) throw new Error(`it ended and said:\n${running.said()}`)
    expect(found, running.said()).toBeDefined()
    return found ?? ''
  })

export type WalletProcess = Running & {
  readonly folder: string
  readonly url: string
  ask<N extends MethodName>(method: N, input: InputOf<N>): Promise<Envelope<OutputOf<N>>>
  /** As `ask`, and throws what is not a value. */
  get<N extends MethodName>(method: N, input: InputOf<N>): Promise<OutputOf<N>>
}

/** Starts the wallet in the loopback shell on a folder, and waits until it is ready. */
export async function startWallet(folder: string, env: Readonly<Record<string, string>> = {}): Promise<WalletProcess> {
  const running = await startEntry('loopback.js', { args: ['--data-dir', folder], env })
  const url = await told(running, /^OKPAY ready: (\S+)$/m)
  let client: InstanceClient | undefined
  const ask: WalletProcess['ask'] = async (method, input) => {
    client ??= await connectInstance(folder)
    if (!client) throw new Error('nobody listens on the socket of the wallet')
    return (await client.call(method, input)) as never
  }
  return {
    ...running,
    folder,
    url,
    ask,
    kill: async () => {
      client?.close()
      await running.kill()
    },
    async get(method, input) {
      const answer = await ask(method, input)
      if (answer.ok) return answer.value
      throw new Error(`${method}: ${JSON.stringify(answer)}`)
    },
  }
}

export const whenServiceIs = (wallet: WalletProcess, status: string): Promise<void> =>
  eventually(async () => {
    expect((await wallet.get('app.state', {})).service.status).toBe(status)
  })

export type ServiceProcess = Running & { readonly url: string; readonly folder: string }

/** Starts a stand-alone sandbox service; without a port the system chooses one. */
export async function startService(folder: string, port = 0, env: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const args = ['serve', '--listen', `127.0.0.1:${port}`, '--data', folder]
  const running = await startEntry('service.js', { args, env: { OKPAY_SANDBOX: '1', ...env } })
  const url = await told(running, /(http:\/\/127\.0\.0\.1:\d+)/)
  return { ...running, url, folder }
}

/** The process of the service that a wallet has started. */
export const embeddedServicesOf = (folder: string): number[] => processesWith(join(folder, 'service'))

/** Registers a new person in a wallet that is new, by the code in the sandbox's mailbox. */
export async function registers(wallet: WalletProcess, email = `person-${newId()}@example.org`): Promise<string> {
  await wallet.get('app.create', { password: appPassword, service: { mode: 'sandbox' } })
  await whenServiceIs(wallet, 'online')
  const { registrationId } = await wallet.get('account.register', { email })
  const code = await eventually(async () => {
    const { mails } = await wallet.get('account.mailbox', {})
    const found = /\b(\d{3}) ?(\d{3})\b/.exec(mails.find(mail => mail.to === email)?.text ?? '')
    expect(found).not.toBeNull()
    return `${found?.[1]}${found?.[2]}`
  })
  await wallet.get('account.verifyCode', { registrationId, code })
  const form = { registrationId, name: 'Lin Meihua', country: 'DE', bornOn: null, password: accountPassword }
  await wallet.get('account.complete', form)
  return email
}

/** Opens euro and lets the sandbox's bank send so much. */
export async function hasEuro(wallet: WalletProcess, value: string): Promise<void> {
  await wallet.get('account.openCurrencies', { currencies: ['EUR'] })
  const { id } = await wallet.get('topUps.create', { id: newId(), amount: { currency: 'EUR', value } })
  await wallet.get('topUps.simulateTransfer', { id })
  await eventually(async () => expect((await wallet.get('topUps.get', { id })).state).toBe('credited'))
}

/** What the wallet says it has and has set aside, in euro cents. */
export async function euroCents(wallet: WalletProcess): Promise<{ readonly posted: number; readonly held: number }> {
  const { balances } = await wallet.get('balances.overview', {})
  const row = balances.find(({ currency }) => currency === 'EUR')
  return { posted: cents(row?.posted.value ?? '0'), held: cents(row?.held.value ?? '0') }
}

/** Cents of a decimal with two places. */
export const cents = (value: string): number => Math.round(Number(value) * 100)
export const euro = (minor: number): { readonly currency: 'EUR'; readonly value: string } => ({
  currency: 'EUR',
  value: (minor / 100).toFixed(2),
})

/** Checks out in the sandbox's book shop and answers the code of the order: EUR 18.50 for each note book. */
export async function orderOfNoteBooks(serviceUrl: string, quantity = 1): Promise<string> {
  const ordered = await fetch(`${serviceUrl}/shop/lumen/orders`, {
    method: 'POST',
    body: new URLSearchParams({ 'q.fieldNotes': String(quantity) }),
  })
  const code = /data-code>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(await ordered.text())?.[1]
  if (code === undefined) throw new Error(`the shop answered ${ordered.status} at ${ordered.url}`)
  return code
}

/** Agrees to the slip of an order and confirms it under this id. */
export async function confirms(wallet: WalletProcess, code: string, id: string): Promise<Payment> {
  const slip = await wallet.get('payments.review', { text: code })
  return wallet.get('payments.confirm', { id, orderCode: slip.order.code, total: slip.total, shopId: slip.order.shop.id })
}

/** How the operator reaches the service that runs on a folder. */
export function operatorOf(folder: string): { readonly url: string; readonly token: string } {
  const found: unknown = JSON.parse(readFileSync(join(folder, 'operator.json'), 'utf8'))
  if (typeof found !== 'object' || found === null || !('url' in found) || !('token' in found)) throw new Error('no word of an operator')
  return { url: String(found.url), token: String(found.token) }
}
