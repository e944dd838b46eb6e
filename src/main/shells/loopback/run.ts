import { join } from 'node:path'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { formatMessage } from '#locales/format.ts'
import { forkedService } from '../../sync/forkedService.ts'
import { createWallet } from '../../wallet.ts'
import type { Claim } from '../claim.ts'
import { type InstanceServer, serveInstance } from '../instanceSocket.ts'
import { stopOnSignals } from '../stopping.ts'
import { systemParts } from '../systemParts.ts'
import { complain, say } from '../terminal.ts'
import { type BrowserWindows, createBrowserWindows, mayOpenWindow } from './browser.ts'
import { type LoopbackServer, startLoopback } from './server.ts'

export type LoopbackRun = {
  readonly claim: Extract<Claim, { kind: 'claimed' }>
  readonly env: NodeJS.ProcessEnv
  /** The folder of the built window. */
  readonly page: string
  /** The service's entry file. */
  readonly serviceEntry: string
  readonly drawFirstScreen: () => Promise<DrawFirstScreen>
}

type Open = { readonly server: LoopbackServer; readonly windows: BrowserWindows; readonly mayOpen: boolean }

/** Opens another window, each by an address of its own: the one that is printed stays good for the person. */
async function openWindow({ server, windows, mayOpen }: Open): Promise<boolean> {
  return mayOpen ? windows.open(server.launchUrl()) : true
}

/** Runs the wallet behind a loopback server until a signal ends it (SECURITY.md, point 9). */
export async function runLoopback({ claim, env, page, serviceEntry, drawFirstScreen }: LoopbackRun): Promise<void> {
  const { dataDir, lock, link, locale } = claim
  const spawn = forkedService({ entry: serviceEntry, dataDir, env })
  const wallet = await createWallet(await systemParts({ shell: 'loopback', dataDir, env, locale, spawn, report: complain }))
  const server = await startLoopback({ wallet, page, drawFirstScreen, closedDoor: () => formatMessage(locale, 'menu.closedDoor') })
  const setting = { env, platform: process.platform }
  const open: Open = { server, windows: createBrowserWindows(join(dataDir, 'browser'), setting), mayOpen: mayOpenWindow(setting) }
  if (link !== null) wallet.openLink(link)
  const instance = await serveInstance(dataDir, {
    wallet,
    show: async asked => {
      if (asked !== null) wallet.openLink(asked)
      void openWindow(open)
      return { url: server.launchUrl() }
    },
  })
  stopOnSignals(async () => {
    say(formatMessage(locale, 'menu.closing'))
    await closeAll(instance, open)
    await wallet.close()
    lock.release()
  })
  say(`OKPAY ready: ${server.launchUrl()}`)
  if (!(await openWindow(open))) complain(formatMessage(locale, 'menu.openYourself'))
}

async function closeAll(instance: InstanceServer, { server, windows }: Open): Promise<void> {
  windows.closeAll()
  await Promise.all([instance.close(), server.close()])
}
