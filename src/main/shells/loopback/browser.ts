import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type BrowserSetting = { readonly env: NodeJS.ProcessEnv; readonly platform: NodeJS.Platform }

const linuxBrowsers = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]
const macBrowsers = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser']
const windowsBrowsers = ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe']

function candidates({ env, platform }: BrowserSetting): string[] {
  if (platform === 'darwin') return macBrowsers.map(name => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(root => root !== undefined)
    return roots.flatMap(root => windowsBrowsers.map(name => join(root, name)))
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  return linuxBrowsers.flatMap(name => folders.map(folder => join(folder, name)))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A browser that can show one page as a window of its own; undefined where none is installed. */
const appBrowser = (setting: BrowserSetting): string | undefined => candidates(setting).find(isProgram)

/** Whether a window may be opened: not asked to leave it, and there is a screen. */
export const mayOpenWindow = ({ env, platform }: BrowserSetting): boolean =>
  env['OKPAY_NO_OPEN'] !== '1' && (platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']))

const opener: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** The command that opens an address: a browser in app mode with a profile of its own (no extensions, no history), else the system's own choice. */
export function browserCommand(url: string, profile: string, setting: BrowserSetting): readonly [string, ...string[]] {
  const browser = appBrowser(setting)
  if (browser)
    return [browser, `--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--class=OKPAY']
  return [...(opener[setting.platform] ?? ['xdg-open']), url]
}

export type BrowserWindows = {
  /** False where nothing could be started. */
  readonly open: (url: string) => Promise<boolean>
  /** Closes the windows that were opened here. */
  readonly closeAll: () => void
}

const startsWithinMs = 1_500

/** Opens windows and keeps those that are their own process, so that they close with the wallet. */
export function createBrowserWindows(profile: string, setting: BrowserSetting): BrowserWindows {
  const running = new Set<ChildProcess>()
  return {
    open: url =>
      new Promise(done => {
        const [program, ...args] = browserCommand(url, profile, setting)
        const browser = spawn(program, args, { stdio: 'ignore' })
        running.add(browser)
        // A browser that hands the address to its running self ends at once and well.
        const timer = setTimeout(() => done(true), startsWithinMs)
        timer.unref()
        browser.on('error', () => done(false))
        browser.on('exit', code => {
          running.delete(browser)
          done(code === 0)
        })
      }),
    closeAll: () => {
      for (const browser of running) browser.kill('SIGTERM')
    },
  }
}
