import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Wallet } from '../../ports.ts'
import { pageUrl } from './protocol.ts'
import { keepWindowState, readWindowState, smallest, usual } from './windowState.ts'

export type WindowOptions = {
  readonly preload: string
  readonly dataDir: string
  /** The person moved, clicked or typed: the idle lock begins anew. */
  readonly onAct: () => void
  /** The window is out of sight: minimised, or hidden with the app. */
  readonly onHidden: () => void
}

/** The two grounds of the design, so that nothing flashes before the first paint. */
const paper = { light: '#faf8f4', dark: '#14130f' } as const

/** Opens the window where it was last. Its page has no Node, no Electron, one small preload (SECURITY.md, points 1 and 2). */
export function openWindow({ preload, dataDir, onAct, onHidden }: WindowOptions): BrowserWindow {
  const statePath = join(dataDir, 'window.json')
  const last = readWindowState(
    statePath,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...(last?.bounds ?? usual),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'OKPAY',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (last?.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => keepWindowState(statePath, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }))
  window.on('minimize', onHidden)
  window.on('hide', onHidden)
  window.webContents.on('input-event', onAct)
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  void window.loadURL(pageUrl)
  return window
}

/** Puts an empty page in the place of one that has shown the wallet, whenever it locks: what a page has shown stays in its memory as long as it lives. */
export function emptyOnLock(wallet: Pick<Wallet, 'onEvent'>, window: () => BrowserWindow | undefined): void {
  let wasOpen = false
  wallet.onEvent((event, payload) => {
    if (event !== 'app.changed' || !('phase' in payload)) return
    const isOpen = payload.phase === 'unlocked'
    const shown = window()
    if (wasOpen && !isOpen && shown && !shown.isDestroyed()) void shown.loadURL(pageUrl)
    wasOpen = isOpen
  })
}

/** Brings the window to the front. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Keeps the window out of pictures and recordings of the screen (SECURITY.md, point 13). Answers whether this system does: Linux has no such thing. */
export function shieldWindow(window: BrowserWindow | undefined, isOn: boolean): boolean {
  if (!window || window.isDestroyed()) return false
  window.setContentProtection(isOn)
  return isOn && process.platform !== 'linux'
}
