import { app, type BrowserWindow, clipboard, shell } from 'electron'
import { appState } from '#contracts/bridge/app.ts'
import { appLocale } from '#locales/index.ts'
import type { Wallet, WalletParts } from '../../ports.ts'
import { createWallet } from '../../wallet.ts'
import type { Claim } from '../claim.ts'
import { type InstanceServer, serveInstance } from '../instanceSocket.ts'
import { stopOnSignals } from '../stopping.ts'
import { systemParts } from '../systemParts.ts'
import { complain, complainOf } from '../terminal.ts'
import { serveCalls, tellEvents } from './ipc.ts'
import type { LinkTargets } from './links.ts'
import { setMenu } from './menu.ts'
import { lockWithSystem } from './power.ts'
import { servePage } from './protocol.ts'
import { hardenApp } from './security.ts'
import { keepUpdated } from './updater.ts'
import { utilityService } from './utilityService.ts'
import { createVouchedAddresses } from './vouched.ts'
import { emptyOnLock, openWindow, shieldWindow, showWindow } from './window.ts'

export type ElectronRun = {
  readonly claim: Extract<Claim, { kind: 'claimed' }>
  readonly env: NodeJS.ProcessEnv
  readonly page: string
  readonly preload: string
  readonly serviceEntry: string
  /** Connects whoever brings okpay:// links. */
  readonly connectLinks: (targets: LinkTargets) => void
}

async function desktopParts({ claim, env, serviceEntry }: ElectronRun, window: () => BrowserWindow | undefined): Promise<WalletParts> {
  const { dataDir } = claim
  const spawn = utilityService({ entry: serviceEntry, dataDir, env })
  const parts = await systemParts({ shell: 'electron', dataDir, env, locale: appLocale(app.getLocale()), spawn, report: complain })
  return {
    ...parts,
    downloadsDir: app.getPath('downloads'),
    revealFile: async path => {
      shell.showItemInFolder(path)
      return true
    },
    clipboard: { read: async () => clipboard.readText(), write: async text => clipboard.writeText(text) },
    shield: isOn => shieldWindow(window(), isOn),
  }
}

/** Puts the menu in the language of the wallet, now and whenever that changes. */
async function followLocale(wallet: Wallet, first: string): Promise<void> {
  let shown: string | undefined
  const show = (tag: string) => {
    if (tag === shown) return
    shown = tag
    setMenu({ locale: appLocale(tag), platform: process.platform, lock: () => void wallet.lockNow('shortcut') })
  }
  const state = await wallet.dispatch('app.state', {}, { shell: 'electron' })
  show(state.ok ? (appState.safeParse(state.value).data?.locale ?? first) : first)
  wallet.onEvent((event, payload) => {
    if (event === 'app.changed' && 'locale' in payload) show(payload.locale)
  })
}

/** Runs the wallet in Electron until it is quit; the app is ready when this is called. */
export async function runElectron(run: ElectronRun): Promise<void> {
  const { claim, page, preload, connectLinks } = run
  let window: BrowserWindow | undefined
  const parts = await desktopParts(run, () => window)
  const vouched = createVouchedAddresses()
  hardenApp(vouched)
  servePage(page)
  const wallet = await createWallet(parts)
  const show = () => {
    if (window && !window.isDestroyed()) showWindow(window)
    else window = openWindow({ preload, dataDir: claim.dataDir, onAct: () => wallet.personActed(), onHidden: () => wallet.windowHidden() })
  }
  serveCalls(wallet, () => window, vouched)
  tellEvents(wallet, () => window, vouched)
  emptyOnLock(wallet, () => window)
  connectLinks({ open: wallet.openLink, show })
  lockWithSystem(wallet)
  await followLocale(wallet, parts.defaultLocale)
  if (claim.link !== null) wallet.openLink(claim.link)
  const instance = await serveInstance(claim.dataDir, {
    wallet,
    show: async link => {
      if (link !== null) wallet.openLink(link)
      show()
      return { url: null }
    },
  })
  quitCleanly(() => closeAll(wallet, instance, claim))
  app.on('activate', show)
  show()
  // An updater that fails must not end the wallet.
  await keepUpdated(complain).catch(complainOf)
}

async function closeAll(wallet: Wallet, instance: InstanceServer, { lock }: ElectronRun['claim']): Promise<void> {
  await instance.close()
  await wallet.close()
  lock.release()
}

/** However it is quit, the wallet and its service are closed before the process ends. On macOS an app lives on without its window. */
function quitCleanly(close: () => Promise<void>): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let closing: Promise<void> | undefined
  const closeOnce = () => {
    closing ??= close()
    return closing
  }
  app.on('will-quit', event => {
    if (closing) return
    event.preventDefault()
    closeOnce().then(
      () => app.exit(0),
      error => {
        complainOf(error)
        app.exit(1)
      },
    )
  })
  stopOnSignals(closeOnce)
}
