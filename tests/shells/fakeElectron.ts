import { EventEmitter } from 'node:events'

type Call = { readonly name: string; readonly args: readonly unknown[] }

const place = 'okpayFakeElectron'

/** One for the whole test file: a test that loads the entry anew must meet the same Electron as the entry. */
const shared: { calls?: Call[]; fake?: ReturnType<typeof makeFake> } = Reflect.get(globalThis, place) ?? {}
Reflect.set(globalThis, place, shared)

/** An Electron that does nothing and records everything: each call by the name of its function, in order. */
shared.calls ??= []
const calls = shared.calls

const record =
  (name: string, answer?: unknown) =>
  (...args: unknown[]): unknown => {
    calls.push({ name, args })
    return answer
  }

export class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'app://okpay/', parent: null }
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  readonly setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) => {
    this.openHandler = handler
  }
  readonly send = record('contents.send')
  readonly reload = record('contents.reload')
  readonly getURL = () => this.mainFrame.url
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: unknown
  isMinimizedNow = false
  constructor(options: unknown) {
    super()
    this.options = options
    calls.push({ name: 'new BrowserWindow', args: [options] })
  }
  readonly loadURL = (url: string) => {
    calls.push({ name: 'window.loadURL', args: [url] })
    return Promise.resolve()
  }
  readonly show = record('window.show')
  readonly focus = record('window.focus')
  readonly restore = record('window.restore')
  readonly maximize = record('window.maximize')
  readonly setContentProtection = record('window.setContentProtection')
  readonly isMinimized = () => this.isMinimizedNow
  readonly isMaximized = () => false
  readonly isDestroyed = () => false
  readonly getNormalBounds = () => ({ x: 10, y: 20, width: 900, height: 700 })
}

class FakeUtilityProcess extends EventEmitter {
  readonly pid = undefined
  readonly stdout = null
  readonly stderr = null
  /** Ends when it is told to, as the service does. */
  readonly postMessage = (message: { type: string }) => {
    calls.push({ name: 'utility.postMessage', args: [message] })
    if (message.type === 'stop') queueMicrotask(() => this.emit('exit', 0))
  }
}

class FakeApp extends EventEmitter {
  isPackaged = true
  hasSingleInstanceLock = true
  readonly enableSandbox = record('app.enableSandbox')
  readonly setAsDefaultProtocolClient = record('app.setAsDefaultProtocolClient', true)
  readonly requestSingleInstanceLock = () => {
    calls.push({ name: 'app.requestSingleInstanceLock', args: [] })
    return this.hasSingleInstanceLock
  }
  readonly setPath = record('app.setPath')
  readonly getPath = (name: string) => `/system/${name}`
  readonly getLocale = () => 'en-GB'
  readonly quit = record('app.quit')
  readonly exit = record('app.exit')
  readonly whenReady = () => Promise.resolve()
}

type Handler = (...args: never[]) => unknown

function makeFake() {
  const handlers = new Map<string, Handler>()
  const keep = (name: string) => (handler: Handler) => void handlers.set(name, handler)
  const utility = new FakeUtilityProcess()
  return {
    module: {
      app: new FakeApp(),
      BrowserWindow: FakeWindow,
      protocol: {
        registerSchemesAsPrivileged: record('protocol.registerSchemesAsPrivileged'),
        handle: (scheme: string, handler: Handler) => void handlers.set(`protocol ${scheme}`, handler),
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: keep('permission request'),
          setPermissionCheckHandler: keep('permission check'),
          setDevicePermissionHandler: keep('device permission'),
          webRequest: { onBeforeRequest: keep('before request') },
        },
      },
      shell: { openExternal: record('shell.openExternal', Promise.resolve()), showItemInFolder: record('shell.showItemInFolder') },
      ipcMain: { handle: (channel: string, handler: Handler) => void handlers.set(`ipc ${channel}`, handler) },
      Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: record('Menu.setApplicationMenu') },
      clipboard: { readText: record('clipboard.readText', ''), writeText: record('clipboard.writeText') },
      powerMonitor: new EventEmitter(),
      nativeTheme: { shouldUseDarkColors: false },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
      utilityProcess: {
        fork: (...args: unknown[]) => {
          calls.push({ name: 'utilityProcess.fork', args })
          return utility
        },
      },
    },
    handlers,
    utility,
  }
}

shared.fake ??= makeFake()
export const fake = shared.fake

/** Every recorded call of one function, by its arguments. */
export const callsOf = (name: string): readonly (readonly unknown[])[] => calls.filter(call => call.name === name).map(({ args }) => args)

/** The names of all recorded calls, in order. */
export const callNames = (): readonly string[] => calls.map(({ name }) => name)

/** The handler that the shell gave to Electron under this name. */
export function handler(name: string): (...args: unknown[]) => unknown {
  const found = fake.handlers.get(name)
  if (!found) throw new Error(`no handler was set for ${name}`)
  return found as (...args: unknown[]) => unknown
}

/** Forgets what was recorded, set and listened to. */
export function resetFake(): void {
  calls.length = 0
  fake.handlers.clear()
  fake.module.app.removeAllListeners()
  fake.module.app.isPackaged = true
  fake.module.powerMonitor.removeAllListeners()
  fake.utility.removeAllListeners()
}
