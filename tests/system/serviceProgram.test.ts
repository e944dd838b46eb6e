import { type ChildProcess, execFile, fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../support/service.ts'

const entry = resolve('src/service/index.ts')
const quiet = { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', NO_COLOR: '1', OKPAY_FETCH_RATES: '0', NODE_NO_WARNINGS: '1' }

let folder: string
let children: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-program-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Env = Readonly<Record<string, string>>
const envOf = (extra: Env = {}): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: folder, ...quiet, ...extra })

function run(args: readonly string[], env: Env = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise(done => {
    execFile(process.execPath, [entry, ...args], { env: envOf(env) }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

async function serves(args: readonly string[] = [], env: Env = {}): Promise<{ child: ChildProcess; url: string; said: () => string }> {
  const child = spawn(process.execPath, [entry, 'serve', '--data', folder, '--sandbox', ...args], {
    env: envOf(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let said = ''
  const hear = (data: Buffer) => {
    said += data.toString()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  while (!/ready: \S+\nData/.test(said)) {
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
  }
  return { child, url: /ready: (\S+)/.exec(said)?.[1] ?? '', said: () => said }
}

const ends = async (child: ChildProcess): Promise<number | null> => (child.exitCode ?? (await once(child, 'exit'))[0]) as number | null

describe('okpay-service serve', () => {
  it('makes its key, says so, leaves word for the operator, and ends cleanly on SIGTERM', async () => {
    const { child, url, said } = await serves()
    expect(said()).toContain(join(folder, 'database.key'))
    expect(await call({ url }, '/readyz')).toMatchObject({ status: 200, body: { ready: true } })
    for (const file of ['database.key', 'operator.json']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'service.db')).subarray(0, 15).toString()).not.toBe('SQLite format 3')
    child.kill('SIGTERM')
    expect(await ends(child)).toBe(0)
    expect(existsSync(join(folder, 'operator.json'))).toBe(false)
    expect(said()).toContain('stopped')
  })

  it('keeps its identity from one start to the next, and after kill -9', async () => {
    const id = async (url: string) => (await call({ url }, '/v1/service')).body['serviceId']
    const first = await serves()
    const known = await id(first.url)
    first.child.kill('SIGKILL')
    await ends(first.child)
    const second = await serves()
    expect(second.said()).not.toContain('key was made')
    expect(await id(second.url)).toBe(known)
  })

  it('refuses a second one on the same data, an address in use, a lost or wrong key, each in a sentence', async () => {
    const { url, child } = await serves()
    const twice = await run(['serve', '--data', folder])
    expect(twice).toMatchObject({ code: 3 })
    expect(twice.err).toContain(url)
    const elsewhere = mkdtempSync(join(tmpdir(), 'okpay-program-'))
    const taken = await run(['serve', '--data', elsewhere, '--listen', new URL(url).host])
    expect([taken.code, taken.err]).toEqual([3, expect.stringContaining('already in use')])
    rmSync(elsewhere, { recursive: true })
    child.kill('SIGTERM')
    await ends(child)
    const wrong = await run(['serve', '--data', folder], { OKPAY_DATABASE_KEY: randomBytes(32).toString('hex') })
    expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('cannot be opened with the key')])
    rmSync(join(folder, 'database.key'))
    const lost = await run(['serve', '--data', folder])
    expect([lost.code, lost.err]).toEqual([3, expect.stringContaining('database.key cannot be read')])
    expect(existsSync(join(folder, 'database.key'))).toBe(false)
  })

  it('says what is wrong with how it was called, and ends with 64', async () => {
    for (const args of [
      ['serve', '--listen', 'nowhere'],
      ['serve', '--port', '1'],
      ['dance'],
      [],
      ['set-limit', 'a@b.example'],
      ['lock', 'a@b.example', 'maybe'],
      ['waiting', '--no-such-option'],
    ]) {
      const { code, err } = await run([...args, '--data', folder])
      expect([args.join(' '), code, err.length > 10]).toEqual([args.join(' '), 64, true])
    }
    expect(await run(['serve', '--data', folder], { OKPAY_DATABASE_KEY: 'short' })).toMatchObject({ code: 64 })
    const strange = await run(['waiting', '--no-such-option'], { LC_ALL: 'zh_CN.UTF-8' })
    expect([strange.code, strange.err]).toEqual([64, expect.stringMatching(/^无法理解：waiting --no-such-option\n/)])
    writeFileSync(join(folder, 'file'), '')
    const inFile = await run(['serve', '--data', join(folder, 'file', 'data')])
    expect([inFile.code, inFile.err]).toEqual([3, expect.stringContaining('may not write to its folder')])
    expect(await run(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('import-statement') })
    expect((await run(['help'], { LC_ALL: 'zh_CN.UTF-8' })).out).toContain('运行服务')
  })
})

describe('the operator’s commands', () => {
  it('say clearly that no service runs, and end with 3', async () => {
    for (const args of [['waiting'], ['questions'], ['lock', 'a@b.example', 'risk'], ['answer', '1', 'Yes']]) {
      const { code, err } = await run([...args, '--data', folder])
      expect([code, err]).toEqual([3, expect.stringContaining('No service runs')])
    }
    writeFileSync(join(folder, 'operator.json'), JSON.stringify({ url: 'http://127.0.0.1:1', token: 'x' }))
    expect(await run(['waiting', '--data', folder])).toMatchObject({ code: 3, err: expect.stringContaining('No service runs') })
  })

  it('read a book in PostgreSQL, say which of its own programs copies it, and never tell its password', async () => {
    const elsewhere = { OKPAY_DATABASE_URL: 'postgres://okpay:secret@db.invalid/okpay' }
    const said = async (...args: string[]) => {
      const { code, out, err } = await run([...args, '--data', folder], elsewhere)
      expect(out + err).not.toContain('secret')
      return { code, out, err }
    }
    const offline = { code: 3, out: '', err: expect.stringContaining('cannot be reached') }
    expect(await said('book', '--format', 'hledger')).toEqual(offline)
    expect(await said('verify')).toEqual(offline)
    expect(await said('backup', join(folder, 'copy'))).toEqual({ code: 64, out: '', err: expect.stringContaining('pg_dump') })
    expect(await said('restore', join(folder, 'copy'))).toEqual({ code: 64, out: '', err: expect.stringContaining('pg_restore') })
  })

  it('write the whole book as text while the service runs, and 64 for a format that is none', async () => {
    const { child } = await serves()
    const book = await run(['book', '--format', 'hledger', '--data', folder])
    expect([book.code, book.err, book.out]).toEqual([0, '', expect.stringContaining('commodity ETH 1000.000000000000000000')])
    expect(await run(['book', '--data', folder])).toMatchObject({ code: 64, out: '' })
    child.kill('SIGTERM')
    await ends(child)
    expect(await run(['book', '--format', 'beancount', '--from', '2026-01-01', '--data', folder])).toMatchObject({ code: 0 })
  })

  it('reach the running service: 0 when done, 2 when refused', async () => {
    await serves()
    const operate = (...args: string[]) => run([...args, '--data', folder])
    expect(await operate('questions')).toMatchObject({ code: 0, out: 'No question is open.\n' })
    expect(await operate('limit-requests')).toMatchObject({ code: 0, out: 'Nobody waits for a higher limit.\n' })
    expect(await operate('waiting')).toMatchObject({ code: 0, out: 'Nothing waits.\n' })
    expect(await operate('waiting', '--json')).toMatchObject({ code: 0, out: '{"entries":[],"next":null}\n' })
    expect(await operate('lock', 'nobody@okpay.example', 'risk')).toMatchObject({ code: 2 })
    expect(await operate('set-limit', 'nobody@okpay.example', 'per_day', 'EUR', '3000.00')).toMatchObject({ code: 2 })
    expect(await operate('set-limit', 'nobody@okpay.example', 'per_day', 'EUR', '3000.001')).toMatchObject({ code: 64 })
    expect(await operate('import-statement', join(folder, 'missing.xml'))).toMatchObject({ code: 64 })
    expect(await operate('root')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^(No day has a root yet|Root of \d{4}-\d\d-\d\d: [0-9A-Z]{4}-)/),
    })
    expect(await operate('rotate-key')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Key [0-9A-Z]{12} signs from now on, number 2 /),
    })
    expect(await operate('rotate-key', '--json')).toMatchObject({ code: 0, out: expect.stringMatching(/^\{"keyId":"[0-9A-Z]{12}"\}\n$/) })
    const bad = join(folder, 'bad.xml')
    writeFileSync(bad, 'no statement')
    expect(await operate('import-statement', bad)).toMatchObject({ code: 2, out: expect.stringContaining('Nothing was credited') })
  })
})

describe('as a child of the wallet', () => {
  type Message = { type: string; url?: string; serviceId?: string; code?: string }
  const forks = (): ChildProcess => {
    const child = fork(entry, ['serve', '--data', folder, '--listen', '127.0.0.1:0'], {
      env: envOf({ OKPAY_SANDBOX: '1' }),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    children.push(child)
    return child
  }
  const next = async (child: ChildProcess): Promise<Message> => (await once(child, 'message'))[0] as Message

  it('listens sealed, opens with the key, and answers only about itself until then', async () => {
    const child = forks()
    const listening = await next(child)
    expect(listening.type).toBe('listening')
    const url = listening.url ?? ''
    expect(await call({ url }, '/healthz')).toMatchObject({ status: 200 })
    expect(await call({ url }, '/v1/service')).toMatchObject({ status: 200, body: { sandbox: true, serviceId: '' } })
    expect(await call({ url }, '/readyz')).toMatchObject({ status: 503 })
    expect(await call({ url }, '/v1/rates')).toMatchObject({ status: 503, body: { code: 'service_sealed' } })
    expect((await fetch(`${url}/shop`)).status).toBe(503)
    expect(existsSync(join(folder, 'service.db'))).toBe(false)
    const ready = next(child)
    child.send({ type: 'unseal', key: Buffer.alloc(32, 7).toString('base64') })
    expect(await ready).toMatchObject({ type: 'ready', serviceId: expect.stringMatching(/^[0-9A-Z]{12}$/) })
    expect(await call({ url }, '/v1/service')).toMatchObject({ body: { serviceId: (await ready).serviceId } })
    child.send({ type: 'stop' })
    expect(await ends(child)).toBe(0)
  })

  it('says that a key is wrong and leaves the book as it was', async () => {
    const first = forks()
    await next(first)
    first.send({ type: 'unseal', key: Buffer.alloc(32, 7).toString('base64') })
    await next(first)
    first.send({ type: 'stop' })
    await ends(first)
    const second = forks()
    await next(second)
    second.send({ type: 'unseal', key: Buffer.alloc(32, 8).toString('base64') })
    expect(await next(second)).toEqual({ type: 'failed', code: 'database_key_wrong' })
    second.send({ type: 'unseal', key: Buffer.alloc(32, 7).toString('base64') })
    expect(await next(second)).toMatchObject({ type: 'ready' })
  })

  it('ends by itself when the wallet is gone', async () => {
    const child = forks()
    await next(child)
    child.disconnect()
    expect(await ends(child)).toBe(0)
    expect(existsSync(join(folder, 'operator.json'))).toBe(false)
  })
})
