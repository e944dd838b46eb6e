import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type LockOutcome, lockFolder } from '#main/shells/instanceLock.ts'
import { instancePath } from '#main/shells/instancePath.ts'
import { connectInstance, type InstanceHost, serveInstance, showRunning } from '#main/shells/instanceSocket.ts'
import { emptyFolder } from './folder.ts'

const echo: InstanceHost = {
  wallet: { dispatch: async (method, input, caller) => ({ ok: true, value: { method, input, caller } }) },
  show: async link => ({ url: `http://127.0.0.1:1/?link=${link}` }),
}

async function serve(folder: string, host = echo) {
  const server = await serveInstance(folder, host)
  onTestFinished(server.close)
  return server
}

async function client(folder: string) {
  const connected = await connectInstance(folder)
  if (!connected) throw new Error('no wallet listens')
  onTestFinished(connected.close)
  return connected
}

/** Sends bytes as they are; resolves when the other side has closed. */
async function sendRaw(folder: string, bytes: string | Buffer): Promise<string> {
  const socket = connect(instancePath(folder))
  let said = ''
  socket.on('data', chunk => {
    said += chunk
  })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(bytes)
  await new Promise(done => socket.on('close', done))
  return said
}

describe('the socket of the running wallet', () => {
  test('carries calls of the terminal to the wallet and back, many at once', async () => {
    const folder = emptyFolder()
    await serve(folder)
    const terminal = await client(folder)
    const answers = await Promise.all(['a', 'b', 'c'].map(method => terminal.call(method, { of: method })))
    expect(answers).toEqual(
      ['a', 'b', 'c'].map(method => ({ ok: true, value: { method, input: { of: method }, caller: { shell: 'terminal' } } })),
    )
  })

  test('hands declines on as they are', async () => {
    const folder = emptyFolder()
    const decline = { ok: false, kind: 'decline', code: 'wallet_locked', detail: {} } as const
    await serve(folder, { ...echo, wallet: { dispatch: async () => decline } })
    const terminal = await client(folder)
    expect(await terminal.call('balances.overview', {})).toEqual(decline)
  })

  test.skipIf(process.platform === 'win32')('is for its owner alone (file modes: not on Windows)', async () => {
    const folder = emptyFolder()
    await serve(folder)
    expect(statSync(instancePath(folder)).mode & 0o777).toBe(0o600)
  })

  test('shows the first to a second start', async () => {
    const folder = emptyFolder()
    await serve(folder)
    expect(await showRunning(folder, 'okpay://x')).toEqual({ url: 'http://127.0.0.1:1/?link=okpay://x' })
  })

  test('waits for a first start that does not listen yet', async () => {
    const folder = emptyFolder()
    const shown = showRunning(folder, null)
    await new Promise(done => setTimeout(done, 300))
    await serve(folder)
    expect(await shown).toEqual({ url: 'http://127.0.0.1:1/?link=null' })
  })

  test('is undefined where nobody listens', async () => {
    expect(await connectInstance(emptyFolder())).toBeUndefined()
  })

  test('takes the place of a socket whose process is gone', async () => {
    const folder = emptyFolder()
    if (process.platform !== 'win32') writeFileSync(instancePath(folder), '')
    await serve(folder)
    const terminal = await client(folder)
    expect(await terminal.call('a', {})).toMatchObject({ ok: true })
  })

  test.each([
    ['no JSON', 'hello\n'],
    ['no request', '{"id":1}\n'],
    ['an unknown field', '{"id":"1","method":"a","input":{},"caller":"x"}\n'],
    ['a line without end', Buffer.alloc(9_000_000, 'x')],
  ])('closes on %s', async (_, bytes) => {
    const folder = emptyFolder()
    await serve(folder)
    expect(await sendRaw(folder, bytes)).toBe('')
  })

  test('refuses a second start that says more than a link', async () => {
    const folder = emptyFolder()
    await serve(folder)
    const terminal = await client(folder)
    expect(await terminal.call('shell.show', { link: 5 })).toMatchObject({ ok: false, code: 'input_invalid' })
  })

  test('says that the wallet is gone to whoever waits for an answer', async () => {
    const folder = emptyFolder()
    const server = await serve(folder, { ...echo, wallet: { dispatch: () => new Promise(() => undefined) } })
    const terminal = await client(folder)
    const lost = expect(terminal.call('a', {})).rejects.toMatchObject({ code: 'service_offline' })
    await server.close()
    await lost
    await expect(terminal.call('a', {})).rejects.toMatchObject({ code: 'service_offline' })
  })

  test.skipIf(process.platform === 'win32')(
    'moves to a short path where the folder has a long one (not on Windows, which has named pipes)',
    async () => {
      const folder = join(emptyFolder(), 'long'.repeat(30))
      expect(Buffer.byteLength(instancePath(folder))).toBeLessThanOrEqual(103)
      await serve(folder)
      const terminal = await client(folder)
      expect(await terminal.call('a', {})).toMatchObject({ ok: true })
    },
  )

  test('is a pipe of its own for each folder on Windows', () => {
    expect(instancePath('C:\\a', 'win32')).toMatch(/^\\\\\.\\pipe\\okpay-[0-9a-f]{32}$/)
    expect(instancePath('C:\\a', 'win32')).not.toBe(instancePath('C:\\b', 'win32'))
  })
})

describe('the lock of a folder', () => {
  function free(lock: LockOutcome): void {
    expect(lock).toHaveProperty('release')
    if (typeof lock === 'object') lock.release()
  }

  test('is told as unusable where its file cannot be opened', () => {
    const folder = emptyFolder()
    mkdirSync(join(folder, 'wallet.lock'))
    expect(lockFolder(folder)).toBe('unusable')
  })

  test('is held by one process, and falls when that process is killed', async () => {
    const folder = emptyFolder()
    const holder = fork(join(import.meta.dirname, 'holdLock.ts'), [folder], { execArgv: ['--experimental-strip-types'] })
    onTestFinished(() => void holder.kill('SIGKILL'))
    await once(holder, 'message')
    expect(lockFolder(folder)).toBe('taken')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    free(lockFolder(folder))
  })

  test('can be taken again once it was released', () => {
    const folder = emptyFolder()
    free(lockFolder(folder))
    free(lockFolder(folder))
  })
})
