import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { tellEvents } from '#main/shells/electron/ipc.ts'
import { setMenu } from '#main/shells/electron/menu.ts'
import { keepUpdated } from '#main/shells/electron/updater.ts'
import { utilityService } from '#main/shells/electron/utilityService.ts'
import { createVouchedAddresses } from '#main/shells/electron/vouched.ts'
import { emptyOnLock, openWindow, shieldWindow, showWindow } from '#main/shells/electron/window.ts'
import { keepWindowState, readWindowState } from '#main/shells/electron/windowState.ts'
import { callsOf, FakeWindow, fake, resetFake } from './fakeElectron.ts'
import { emptyFolder } from './folder.ts'

vi.mock('electron', async () => (await import('./fakeElectron.ts')).fake.module)

beforeEach(resetFake)

describe('the window', () => {
  test('is told what the wallet tells, while it shows our page', () => {
    const window = new FakeWindow({})
    let tell: (event: 'link.opened', payload: { text: string }) => void = () => undefined
    const listen = (listener: typeof tell) => {
      tell = listener
      return () => undefined
    }
    tellEvents({ onEvent: listen as never }, () => window as never, createVouchedAddresses())
    tell('link.opened', { text: 'x' })
    window.webContents.mainFrame.url = 'https://evil.example/'
    tell('link.opened', { text: 'y' })
    expect(callsOf('contents.send')).toEqual([['event', 'link.opened', { text: 'x' }]])
  })

  test('gets an empty page when the wallet locks, once, and not before it was open', () => {
    const window = new FakeWindow({})
    let tell: (event: 'app.changed', payload: { phase: string }) => void = () => undefined
    const listen = (listener: typeof tell) => {
      tell = listener
      return () => undefined
    }
    emptyOnLock({ onEvent: listen as never }, () => window as never)
    for (const phase of ['locked', 'unlocked', 'unlocked']) tell('app.changed', { phase })
    expect(callsOf('window.loadURL')).toEqual([])
    for (const phase of ['locked', 'locked']) tell('app.changed', { phase })
    expect(callsOf('window.loadURL')).toEqual([['app://okpay/']])
  })

  test('opens where it was closed, unless no screen shows that place', () => {
    const dataDir = emptyFolder()
    const window = openWindow({ preload: '/p', dataDir, onAct: () => undefined, onHidden: () => undefined }) as unknown as FakeWindow
    expect(window.options).toMatchObject({ width: 1200, height: 800, minWidth: 380 })
    window.emit('close')
    expect(openWindow({ preload: '/p', dataDir, onAct: () => undefined, onHidden: () => undefined })).toMatchObject({
      options: { x: 10, y: 20, width: 900, height: 700 },
    })
    const path = join(dataDir, 'window.json')
    expect(readWindowState(path, [{ x: 5000, y: 0, width: 800, height: 600 }])).toBeUndefined()
    keepWindowState(path, { bounds: { x: 5100, y: 10, width: 400, height: 600 }, isMaximized: true })
    expect(readWindowState(path, [{ x: 5000, y: 0, width: 800, height: 600 }])).toMatchObject({ isMaximized: true })
    writeFileSync(path, '{"bounds":')
    expect(readWindowState(path, [{ x: 0, y: 0, width: 800, height: 600 }])).toBeUndefined()
  })

  test('shows only when it is painted, loads again when its page died, and tells that the person acted', () => {
    const acted = vi.fn()
    const window = openWindow({ preload: '/p', dataDir: emptyFolder(), onAct: acted, onHidden: () => undefined }) as unknown as FakeWindow
    expect(callsOf('window.show')).toHaveLength(0)
    window.emit('ready-to-show')
    expect(callsOf('window.show')).toHaveLength(1)
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(callsOf('contents.reload')).toHaveLength(1)
    window.webContents.emit('input-event')
    expect(acted).toHaveBeenCalledOnce()
  })

  test('tells when it is out of sight', () => {
    const hidden = vi.fn()
    const window = openWindow({ preload: '/p', dataDir: emptyFolder(), onAct: () => undefined, onHidden: hidden }) as unknown as FakeWindow
    window.emit('minimize')
    window.emit('hide')
    expect(hidden).toHaveBeenCalledTimes(2)
  })

  test('is kept out of pictures while it shows secrets, and says so only where the system does it', () => {
    const window = new FakeWindow({})
    expect(shieldWindow(window as never, true)).toBe(process.platform !== 'linux')
    expect(shieldWindow(window as never, false)).toBe(false)
    expect(callsOf('window.setContentProtection')).toEqual([[true], [false]])
    expect(shieldWindow(undefined, true)).toBe(false)
  })

  test('comes back from the bar when it is shown', () => {
    const window = new FakeWindow({})
    window.isMinimizedNow = true
    showWindow(window as never)
    expect([callsOf('window.restore'), callsOf('window.focus')].map(calls => calls.length)).toEqual([1, 1])
  })
})

describe('the menu', () => {
  const labels = (locale: 'en' | 'zh-CN', platform: NodeJS.Platform) => {
    setMenu({ locale, platform, lock: () => undefined })
    return JSON.stringify(callsOf('Menu.setApplicationMenu').at(-1)?.[0])
  }

  test('speaks the language of the person and locks', () => {
    expect(labels('en', 'linux')).toContain('Lock now')
    expect(labels('zh-CN', 'linux')).toContain('立即锁定')
    const lock = vi.fn()
    setMenu({ locale: 'en', platform: 'linux', lock })
    const [bar] = callsOf('Menu.setApplicationMenu').at(-1) as [[{ submenu: { label?: string; click?: () => void }[] }]]
    bar[0].submenu.find(({ label }) => label === 'Lock now')?.click?.()
    expect(lock).toHaveBeenCalledOnce()
  })

  test('has what macOS expects there, and no way into developer tools', () => {
    expect(labels('en', 'darwin')).toContain('"role":"hideOthers"')
    expect(labels('en', 'linux')).not.toContain('"role":"hideOthers"')
    expect(labels('en', 'linux')).not.toMatch(/toggleDevTools|reload/i)
  })
})

test('an app that is not packaged never looks for updates', async () => {
  fake.module.app.isPackaged = false
  const report = vi.fn()
  await keepUpdated(report)
  expect(report).not.toHaveBeenCalled()
})

test('the service runs as a utility process, as a sandbox, without the keys of the environment', () => {
  const dataDir = emptyFolder()
  const spawn = utilityService({
    entry: '/out/service.js',
    dataDir,
    env: { PATH: '/bin', OKPAY_DATABASE_KEY: 'k', OKPAY_SMTP_URL: 'smtp://x' },
  })
  const service = spawn()
  const [entry, args, options] = callsOf('utilityProcess.fork')[0] ?? []
  expect(entry).toBe('/out/service.js')
  expect(args).toEqual(['serve', '--data', join(dataDir, 'service'), '--listen', '127.0.0.1:0'])
  expect(options).toMatchObject({ env: { PATH: '/bin', OKPAY_SANDBOX: '1', OKPAY_SMTP_URL: 'smtp://x' } })
  expect(JSON.stringify(options)).not.toContain('OKPAY_DATABASE_KEY')
  service.send({ type: 'stop' })
  expect(callsOf('utility.postMessage')).toEqual([[{ type: 'stop' }]])
  const exited = vi.fn()
  service.onExit(exited)
  fake.utility.emit('exit', 0)
  expect(exited).toHaveBeenCalledOnce()
})
