import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import type { AppState } from '#contracts/bridge/app.ts'
import { connectInstance } from '#main/shells/instanceSocket.ts'
import { systemEnv } from '../support/app.ts'

const root = resolve(import.meta.dirname, '../..')
/** What the issue allows from the signal to the last process. */
const endsWithinMs = 3_000

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-processes-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

type Started = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<number | null> }

/** A start as a person types it: `npm start -- --data-dir FOLDER`, or the script by itself. */
function start(folder: string, { byNpm = false, args = [] as readonly string[], env = {} } = {}): Started {
  const words = ['--data-dir', folder, ...args]
  const command = byNpm ? ['npm', 'start', '--silent', '--', ...words] : [process.execPath, join(root, 'scripts/start.mjs'), ...words]
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: root,
    env: systemEnv('en', { OKPAY_KEYCHAIN: 'off', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    // A group of its own, so that nothing of it outlives a test that fails.
    detached: process.platform !== 'win32',
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => {
      said += chunk
    })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  onTestFinished(() => {
    try {
      process.kill(process.platform === 'win32' ? (child.pid ?? 0) : -(child.pid ?? 0), 'SIGKILL')
    } catch {
      // All of it is gone, as it should be.
    }
  })
  return { child, said: () => said, ended }
}

/** Waits for a line that holds one value; what was said meanwhile is the failure's text. */
async function told({ said, child }: Started, line: RegExp): Promise<string> {
  await expect.poll(() => line.test(said()) || child.exitCode !== null, { timeout: 60_000 }).toBe(true)
  const found = line.exec(said())
  expect(found, said()).not.toBeNull()
  return found?.[1] ?? ''
}

const ready = (started: Started) => told(started, /^OKPAY ready: (\S+)$/m)

/** The process ids of everything that has this folder among its words. Linux only: it reads /proc. */
function processesOn(folder: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder)
      } catch {
        return false
      }
    })
    .map(Number)
}

const serviceOf = (folder: string): number[] =>
  processesOn(folder).filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join(folder, 'service')))

async function stateOf(folder: string): Promise<AppState> {
  const client = await connectInstance(folder)
  const envelope = await client?.call('app.state', {})
  client?.close()
  if (!envelope?.ok) throw new Error('the wallet did not tell its state')
  return envelope.value as AppState
}

const onLinux = describe.skipIf(process.platform !== 'linux')

onLinux('the processes of OKPAY', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('all end, and well, within three seconds of %s', async signal => {
    const folder = dataFolder()
    const app = start(folder)
    await ready(app)
    await expect.poll(() => serviceOf(folder).length, { timeout: 20_000 }).toBe(1)
    app.child.kill(signal)
    const inTime = await Promise.race([app.ended, wait(endsWithinMs, 'too late')])
    expect(inTime).toBe(0)
    expect(processesOn(folder)).toEqual([])
  })

  test('all end when npm is told to stop', async () => {
    const folder = dataFolder()
    const app = start(folder, { byNpm: true })
    await ready(app)
    await expect.poll(() => serviceOf(folder).length, { timeout: 20_000 }).toBe(1)
    app.child.kill('SIGTERM')
    await app.ended
    await expect.poll(() => processesOn(folder), { timeout: endsWithinMs }).toEqual([])
  })

  test('the service ends with a wallet that is killed, and the next start finds the folder free', async () => {
    const folder = dataFolder()
    const app = start(folder)
    await ready(app)
    await expect.poll(() => serviceOf(folder).length, { timeout: 20_000 }).toBe(1)
    app.child.kill('SIGKILL')
    await app.ended
    await expect.poll(() => processesOn(folder), { timeout: 10_000 }).toEqual([])
    const next = start(folder)
    expect(await ready(next)).toContain('http://127.0.0.1:')
  })

  test('a service that is killed is started again, and the wallet says when', async () => {
    const folder = dataFolder()
    const app = start(folder)
    await ready(app)
    await expect.poll(async () => (await stateOf(folder)).service.status, { timeout: 20_000 }).toBe('sealed')
    const [first] = serviceOf(folder)
    process.kill(first ?? 0, 'SIGKILL')
    await expect.poll(async () => (await stateOf(folder)).service.restartedAt, { timeout: 20_000 }).not.toBeNull()
    await expect.poll(async () => (await stateOf(folder)).service.status, { timeout: 20_000 }).toBe('sealed')
    expect(serviceOf(folder)).not.toContain(first)
    expect(serviceOf(folder)).toHaveLength(1)
  })

  test('a service that is killed after the wallet was unlocked is opened again by the key that the wallet keeps', async () => {
    const folder = dataFolder()
    const app = start(folder)
    await ready(app)
    const terminal = await connectInstance(folder)
    onTestFinished(() => terminal?.close())
    const made = await terminal?.call('app.create', { password: 'four words of seven', service: { mode: 'sandbox' } })
    expect(made).toMatchObject({ ok: true })
    await expect.poll(async () => (await stateOf(folder)).service.status, { timeout: 20_000 }).toBe('online')
    process.kill(serviceOf(folder)[0] ?? 0, 'SIGKILL')
    await expect.poll(async () => (await stateOf(folder)).service.restartedAt, { timeout: 20_000 }).not.toBeNull()
    await expect.poll(async () => (await stateOf(folder)).service.status, { timeout: 20_000 }).toBe('online')
  })
})

describe('a start', () => {
  test('opens the wallet by its address, once, over the real server', async () => {
    const app = start(dataFolder())
    const url = await ready(app)
    expect(app.said()).toMatch(/^OKPAY runs in the browser window/m)
    const entered = await fetch(url, { redirect: 'manual' })
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { origin } = new URL(url)
    const page = await fetch(origin, { headers: { cookie } })
    expect(await page.text()).toContain('<title>OKPAY</title>')
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { origin, cookie } })
    onTestFinished(() => socket.terminate())
    await once(socket, 'open')
    socket.send(JSON.stringify({ id: '1', method: 'app.state', input: {} }))
    let answer: unknown
    socket.on('message', text => {
      const frame = JSON.parse(String(text))
      if (frame.id === '1') answer = frame.envelope
    })
    await expect.poll(() => answer).toMatchObject({ ok: true, value: { phase: 'first_run', shell: 'loopback' } })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401)
  })

  test('a second one on the same data says so, hands out a fresh address, and ends', async () => {
    const folder = dataFolder()
    const first = start(folder)
    const firstUrl = await ready(first)
    const second = start(folder)
    const url = await told(second, /^OKPAY is already running: (\S+)$/m)
    expect(await second.ended).toBe(0)
    expect(new URL(url).origin).toBe(new URL(firstUrl).origin)
    expect(url).not.toBe(firstUrl)
    for (const each of [url, firstUrl]) expect((await fetch(each, { redirect: 'manual' })).status).toBe(303)
  })

  test('two at once make one wallet', async () => {
    const folder = dataFolder()
    const both = [start(folder), start(folder)]
    const lines = await Promise.all(both.map(each => told(each, /^(OKPAY (?:ready|is already running)): /m)))
    expect(lines.sort()).toEqual(['OKPAY is already running', 'OKPAY ready'])
  })

  test('on a folder that cannot be used says why in one sentence, and ends with 3', async () => {
    const folder = dataFolder()
    const file = join(folder, 'a file')
    writeFileSync(file, '')
    const app = start(file)
    expect(await app.ended).toBe(3)
    expect(app.said()).toContain(`OKPAY cannot keep its data in ${file}: that is not a folder.`)
  })

  test.skipIf(process.platform !== 'linux')('on a folder that may not be written says so, and ends with 3', async () => {
    const app = start('/sys/okpay')
    expect(await app.ended).toBe(3)
    expect(app.said()).toMatch(/OKPAY may not write to \/sys\/okpay|The disk of \/sys\/okpay is read-only/)
  })

  test('speaks the language of the system', async () => {
    const folder = dataFolder()
    const file = join(folder, 'a file')
    writeFileSync(file, '')
    const app = start(file, { env: { LC_ALL: 'zh_CN.UTF-8' } })
    expect(await app.ended).toBe(3)
    expect(app.said()).toContain('OKPAY 无法把数据放在')
  })

  test('with words that it does not know says how it is used, and ends with 64', async () => {
    const app = start(dataFolder(), { args: ['--colour'] })
    expect(await app.ended).toBe(64)
    expect(app.said()).toContain('Not understood')
  })

  test('with a service address that is none says so, and ends with 64', async () => {
    const app = start(dataFolder(), { env: { OKPAY_SERVICE_URL: 'ftp://else' } })
    expect(await app.ended).toBe(64)
    expect(app.said()).toContain('OKPAY_SERVICE_URL is not the address of a service: ftp://else.')
  })

  test('keeps everything in its folder to its owner', async () => {
    const folder = join(dataFolder(), 'wallet')
    mkdirSync(folder, { mode: 0o755 })
    const app = start(folder)
    await ready(app)
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0)
  })
})
