import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { lockFolder } from '#main/shells/instanceLock.ts'
import { connectInstance, showRunning } from '#main/shells/instanceSocket.ts'
import { callNames, callsOf, FakeContents, fake, handler, resetFake } from './fakeElectron.ts'
import { emptyFolder } from './folder.ts'

vi.mock('electron', async () => (await import('./fakeElectron.ts')).fake.module)

/** Starts the entry itself, on a folder of its own, with the real wallet behind it and a fresh Electron around it. */
async function startEntry(words: readonly string[] = []) {
  const folder = emptyFolder()
  const argv = process.argv
  vi.stubEnv('OKPAY_KEYCHAIN', 'off')
  Object.assign(process, { resourcesPath: folder })
  process.argv = ['/okpay', '--data-dir', folder, ...words]
  onTestFinished(() => {
    process.argv = argv
    vi.unstubAllEnvs()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
  })
  resetFake()
  vi.resetModules()
  await import('#main/index.ts')
  const { app } = fake.module
  return {
    app,
    folder,
    windowIsOpen: () => expect.poll(() => callsOf('window.loadURL').length, { timeout: 10_000 }).toBe(1),
    quit: async () => {
      const event = { preventDefault: vi.fn() }
      app.emit('will-quit', event)
      expect(event.preventDefault).toHaveBeenCalledOnce()
      await expect.poll(() => callsOf('app.exit'), { timeout: 10_000 }).toEqual([[0]])
    },
  }
}

test('the entry sandboxes everything and declares the scheme before it does anything else', async () => {
  const { folder, windowIsOpen, quit } = await startEntry()
  expect(callNames().slice(0, 2)).toEqual(['app.enableSandbox', 'protocol.registerSchemesAsPrivileged'])
  await windowIsOpen()
  expect(callsOf('app.setPath')).toEqual([
    ['userData', join(folder, 'electron')],
    ['sessionData', join(folder, 'electron')],
  ])
  expect(callNames().indexOf('app.setPath')).toBeLessThan(callNames().indexOf('new BrowserWindow'))
  await quit()
})

test('every web contents is hardened, and a stranger does not reach the wallet', async () => {
  const { app, windowIsOpen, quit } = await startEntry()
  await windowIsOpen()
  const stranger = new FakeContents()
  app.emit('web-contents-created', {}, stranger)
  expect(stranger.openHandler({ url: 'https://evil.example/' })).toEqual({ action: 'deny' })
  expect(callsOf('Menu.setApplicationMenu')).toHaveLength(1)
  const call = { sender: stranger, senderFrame: stranger.mainFrame }
  await expect(handler('ipc app.state')(call, {})).rejects.toThrow('not called by the window')
  await quit()
})

test('a second start shows the window of the first, and a terminal reaches its wallet', async () => {
  const { folder, windowIsOpen, quit } = await startEntry()
  await windowIsOpen()
  await expect.poll(() => showRunning(folder, null)).toEqual({ url: null })
  expect(callsOf('window.focus').length).toBeGreaterThan(0)
  const terminal = await connectInstance(folder)
  expect(await terminal?.call('app.state', {})).toMatchObject({ ok: true, value: { shell: 'electron', phase: 'first_run' } })
  terminal?.close()
  await quit()
})

test('quitting closes the wallet, stops the service and frees the folder', async () => {
  const { folder, windowIsOpen, quit } = await startEntry()
  await windowIsOpen()
  expect(lockFolder(folder)).toBe('taken')
  await expect.poll(() => callsOf('utilityProcess.fork').length).toBe(1)
  await quit()
  expect(callsOf('utility.postMessage').at(-1)).toEqual([{ type: 'stop' }])
  const lock = lockFolder(folder)
  expect(lock).toHaveProperty('release')
  if (typeof lock === 'object') lock.release()
})

test('an entry with words that it does not know ends with 64 and opens nothing', async () => {
  await startEntry(['https://evil.example'])
  await expect.poll(() => callsOf('app.exit')).toEqual([[64]])
  expect(callsOf('new BrowserWindow')).toEqual([])
})
