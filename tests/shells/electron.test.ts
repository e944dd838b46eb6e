import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { methodNames } from '#contracts/bridge/index.ts'
import type { Caller } from '#main/ports.ts'
import { serveCalls } from '#main/shells/electron/ipc.ts'
import { takeLinks } from '#main/shells/electron/links.ts'
import { lockWithSystem } from '#main/shells/electron/power.ts'
import { declareScheme, isPageUrl, servePage } from '#main/shells/electron/protocol.ts'
import { externalHosts, hardenApp, mayOpenOutside } from '#main/shells/electron/security.ts'
import { createVouchedAddresses } from '#main/shells/electron/vouched.ts'
import { openWindow } from '#main/shells/electron/window.ts'
import { callsOf, FakeContents, FakeWindow, fake, handler, resetFake } from './fakeElectron.ts'
import { emptyFolder } from './folder.ts'

vi.mock('electron', async () => (await import('./fakeElectron.ts')).fake.module)

beforeEach(resetFake)

const shopUrl = 'http://127.0.0.1:4000/shop'
const returnUrl = 'https://tea.example/thanks?order=7'

/** What the wallet has told the page so far. */
function vouched() {
  const addresses = createVouchedAddresses()
  addresses.note({ service: { shopUrl } })
  addresses.note({ order: { returnUrl } })
  addresses.note({ order: { returnUrl: null } })
  addresses.note('nothing of the kind')
  return addresses
}
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

function pageFolder(): string {
  const folder = emptyFolder()
  const page = join(folder, 'renderer')
  mkdirSync(page)
  writeFileSync(join(folder, 'secret.json'), 'secret')
  writeFileSync(join(page, 'index.html'), '<title>OKPAY</title>')
  symlinkSync(join(folder, 'secret.json'), join(page, 'linked.json'))
  return page
}

/** A window of ours, and the calls that reach the wallet through it. */
function servedWindow() {
  const window = new FakeWindow({})
  const reached: { method: string; input: unknown; caller: Caller }[] = []
  const wallet = {
    dispatch: async (method: string, input: unknown, caller: Caller) => {
      reached.push({ method, input, caller })
      return { ok: true, value: 'answer' } as const
    },
  }
  serveCalls(wallet, () => window as never, createVouchedAddresses())
  const call = async (event: object, input: unknown = {}) => handler('ipc app.state')(event, input)
  const own = { sender: window.webContents, senderFrame: window.webContents.mainFrame }
  return { window, reached, call, own }
}

describe('security point 1: the page has no Node', () => {
  test('sandbox and context isolation are on, Node is off, web security is on, packaged or not', () => {
    for (const isPackaged of [true, false]) {
      fake.module.app.isPackaged = isPackaged
      openWindow({ preload: '/p.cjs', dataDir: emptyFolder(), onAct: () => undefined, onHidden: () => undefined })
      expect(callsOf('new BrowserWindow').at(-1)?.[0]).toMatchObject({
        webPreferences: {
          preload: '/p.cjs',
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          nodeIntegrationInWorker: false,
          nodeIntegrationInSubFrames: false,
          webSecurity: true,
          allowRunningInsecureContent: false,
          webviewTag: false,
          devTools: !isPackaged,
        },
      })
    }
  })
})

describe('security point 3: the page is served by a scheme of its own', () => {
  test('the scheme is standard and secure, and cannot step around the policy', () => {
    declareScheme()
    const [[{ scheme, privileges }]] = callsOf('protocol.registerSchemesAsPrivileged')[0] as [[{ scheme: string; privileges: object }]]
    expect(scheme).toBe('app')
    expect(privileges).toMatchObject({ standard: true, secure: true })
    expect(privileges).not.toHaveProperty('bypassCSP')
    expect(privileges).not.toHaveProperty('allowServiceWorkers')
  })

  test('the window opens app://okpay, never a file', () => {
    openWindow({ preload: '/p.cjs', dataDir: emptyFolder(), onAct: () => undefined, onHidden: () => undefined })
    expect(callsOf('window.loadURL')).toEqual([['app://okpay/']])
  })

  test('a path that leads out of the folder finds nothing', async () => {
    servePage(pageFolder())
    const ask = async (url: string, method = 'GET') => (await handler('protocol app')(new Request(url, { method }))) as Response
    expect(await (await ask('app://okpay/')).text()).toContain('OKPAY')
    for (const url of [
      'app://okpay/..%2fsecret.json',
      'app://okpay/%2e%2e%2fsecret.json',
      'app://okpay/..%5csecret.json',
      'app://okpay/linked.json',
      'app://okpay/%00',
      'app://else/index.html',
    ]) {
      expect((await ask(url)).status, url).toBe(404)
    }
    expect((await ask('app://okpay/', 'POST')).status).toBe(405)
  })
})

test('security point 4: every answer to the page carries the policy', async () => {
  servePage(pageFolder())
  for (const url of ['app://okpay/', 'app://okpay/missing.js']) {
    const { headers } = (await handler('protocol app')(new Request(url))) as Response
    expect(headers.get('content-security-policy')).toBe(policy)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('security point 4: the page fetches nothing from elsewhere', () => {
  hardenApp(vouched())
  const cancelled = (url: string) => {
    let isCancelled: unknown
    handler('before request')({ url }, ({ cancel }: { cancel: boolean }) => {
      isCancelled = cancel
    })
    return isCancelled
  }
  expect(['app://okpay/assets/a.js', 'blob:app://okpay/1', 'data:,'].map(cancelled)).toEqual([false, false, false])
  expect(
    ['https://evil.example/', 'http://127.0.0.1:4000/', 'file:///etc/passwd', 'app://else/', 'ws://127.0.0.1:1/', ''].map(cancelled),
  ).toEqual(Array(6).fill(true))
})

describe('security point 5: only our page calls', () => {
  test('each method of the contract has its channel, and there is no other', () => {
    servedWindow()
    const channels = [...fake.handlers.keys()].filter(name => name.startsWith('ipc '))
    expect(channels).toEqual(methodNames.map(method => `ipc ${method}`))
  })

  test('the main frame of our window reaches the wallet', async () => {
    const { call, own, reached } = servedWindow()
    expect(await call(own, { a: 1 })).toEqual({ ok: true, value: 'answer' })
    expect(reached).toEqual([{ method: 'app.state', input: { a: 1 }, caller: { shell: 'electron' } }])
  })

  test('nobody else does', async () => {
    const { window, call, own, reached } = servedWindow()
    const refused = (event: object) => expect(call(event)).rejects.toThrow('not called by the window of OKPAY')
    await refused({ ...own, senderFrame: null })
    await refused({ ...own, senderFrame: { url: 'app://okpay/', parent: window.webContents.mainFrame } })
    await refused({ sender: new FakeContents(), senderFrame: window.webContents.mainFrame })
    for (const url of [
      '',
      'about:blank',
      'app://okpay.evil.example/',
      'app://okpay@evil/',
      'https://okpay/',
      'file:///okpay',
      'app://okpay:1/',
    ]) {
      window.webContents.mainFrame.url = url
      await refused(own)
    }
    expect(reached).toEqual([])
  })

  test('a call that is too large does not reach the wallet', async () => {
    const { call, own, reached } = servedWindow()
    await expect(call(own, 'x'.repeat(9_000_000))).rejects.toThrow('too large')
    expect(reached).toEqual([])
  })

  test('an empty or foreign address is not our page', () => {
    expect(['app://okpay/', 'app://okpay/index.html'].map(isPageUrl)).toEqual([true, true])
    expect(['', 'okpay', 'app://', 'app://OKPAY.x/', 'APP://else/', 'about:srcdoc'].map(isPageUrl)).toEqual(Array(6).fill(false))
  })
})

describe('security point 6: nothing navigates, embeds or opens windows', () => {
  const hardened = () => {
    hardenApp(vouched())
    const contents = new FakeContents()
    fake.module.app.emit('web-contents-created', {}, contents)
    return contents
  }

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('%s is refused', name => {
    const contents = hardened()
    const event = { preventDefault: vi.fn() }
    contents.emit(name, event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  test('a new window is denied; only an address of the list goes to the browser', () => {
    const contents = hardened()
    for (const url of ['https://evil.example/', 'app://okpay/', `https://${externalHosts[0]}/`, `${shopUrl}?lang=en`, returnUrl]) {
      expect(contents.openHandler({ url })).toEqual({ action: 'deny' })
    }
    expect(callsOf('shell.openExternal')).toEqual([[`https://${externalHosts[0]}/`], [`${shopUrl}?lang=en`], [returnUrl]])
  })

  test('an address becomes openable by the answer that brings it to the page', async () => {
    const window = new FakeWindow({})
    const addresses = createVouchedAddresses()
    const dispatch = async () => ({ ok: true, value: { order: { returnUrl } } }) as const
    serveCalls({ dispatch }, () => window as never, addresses)
    expect(mayOpenOutside(returnUrl, addresses)).toBe(false)
    await handler('ipc payments.get')({ sender: window.webContents, senderFrame: window.webContents.mainFrame }, {})
    expect(mayOpenOutside(returnUrl, addresses)).toBe(true)
  })

  test('the list is exact', () => {
    const host = externalHosts[0]
    const refused = [
      `http://${host}/`,
      `https://${host}.evil.example/`,
      `https://evil.${host}/`,
      `https://${host}:444/`,
      `https://user@${host}/`,
      'http://127.0.0.1:4001/shop',
      'http://127.0.0.1:4000/v1/service',
      'http://shop.example/shop',
      'https://tea.example/',
      'https://tea.example/thanks?order=8',
      'https://user@tea.example/thanks?order=7',
      'http://localhost:4000/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      '',
    ]
    expect(refused.filter(url => mayOpenOutside(url, vouched()))).toEqual([])
    for (const url of [shopUrl, returnUrl]) expect(mayOpenOutside(url, createVouchedAddresses())).toBe(false)
  })
})

test('security point 7: every permission is denied, but to write what the person copies', () => {
  hardenApp(vouched())
  const asked = (permission: string, url: string) => {
    const answer = vi.fn()
    handler('permission request')({}, permission, answer, { requestingUrl: url })
    return [answer.mock.lastCall?.[0], handler('permission check')({}, permission, url)]
  }
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen', 'hid', 'usb']) {
    expect(asked(permission, 'app://okpay/'), permission).toEqual([false, false])
  }
  expect(asked('clipboard-sanitized-write', 'app://okpay/')).toEqual([true, true])
  expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toEqual([false, false])
  expect(handler('device permission')()).toBe(false)
})

describe('security point 8: deep links are only handed on', () => {
  const taken = () => {
    const opened: string[] = []
    const shown = vi.fn()
    takeLinks()({ open: link => void opened.push(link), show: shown })
    return { opened, shown }
  }

  test('OKPAY registers for its own scheme', () => {
    taken()
    expect(callsOf('app.setAsDefaultProtocolClient')[0]?.[0]).toBe('okpay')
  })

  test('a link of the system is handed on once and the window shown', () => {
    const { opened, shown } = taken()
    const event = { preventDefault: vi.fn() }
    fake.module.app.emit('open-url', event, 'okpay://pay/K7F39QTX')
    fake.module.app.emit('second-instance', {}, ['/okpay', '--flag', 'okpay://pay/AAAA'])
    expect(event.preventDefault).toHaveBeenCalledOnce()
    expect(opened).toEqual(['okpay://pay/K7F39QTX', 'okpay://pay/AAAA'])
    expect(shown).toHaveBeenCalledTimes(2)
  })

  test('a link that comes before the wallet waits for it', () => {
    const connect = takeLinks()
    fake.module.app.emit('open-url', { preventDefault: () => undefined }, 'okpay://pay/K7F39QTX')
    const open = vi.fn()
    connect({ open, show: () => undefined })
    expect(open.mock.calls).toEqual([['okpay://pay/K7F39QTX']])
  })

  test('another scheme, or one that is far too long, is not', () => {
    const { opened } = taken()
    const event = { preventDefault: () => undefined }
    for (const url of ['https://evil.example', 'okpay:pay', `okpay://${'x'.repeat(3000)}`]) fake.module.app.emit('open-url', event, url)
    fake.module.app.emit('second-instance', {}, ['/okpay', '--inspect=okpay://x'])
    expect(opened).toEqual([])
  })
})

test('security point 12: the wallet locks when the computer sleeps or its screen locks', () => {
  const reasons: string[] = []
  lockWithSystem({ lockNow: async reason => void reasons.push(reason) })
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active', 'resume']) fake.module.powerMonitor.emit(event)
  expect(reasons).toEqual(['suspend', 'screen_lock', 'screen_lock'])
})
