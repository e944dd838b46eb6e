import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

const betweenChecksMs = 6 * 60 * 60_000

/**
 * Looks for updates now and every six hours, and installs one when OKPAY is quit. Only in a packaged app that was built with an update address:
 * electron-builder then puts app-update.yml beside it. A check that fails is tried again at the next one.
 */
export async function keepUpdated(report: (line: string) => void): Promise<void> {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return
  const { default: updater } = await import('electron-updater')
  const { autoUpdater } = updater
  autoUpdater.autoDownload = true
  autoUpdater.autoInstallOnAppQuit = true
  autoUpdater.allowDowngrade = false
  autoUpdater.on('error', error => report(`no update: ${error.message}`))
  const check = () => autoUpdater.checkForUpdates().catch(() => undefined)
  await check()
  setInterval(() => void check(), betweenChecksMs).unref()
}
