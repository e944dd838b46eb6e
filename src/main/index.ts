import { join } from 'node:path'
import { app } from 'electron'
import { claimFolder, exitCodes, sayRunning } from './shells/claim.ts'
import { takeLinks } from './shells/electron/links.ts'
import { declareScheme } from './shells/electron/protocol.ts'
import { runElectron } from './shells/electron/run.ts'
import { electronWords } from './shells/launchOptions.ts'
import { complain, complainOf, outliveTerminal, say } from './shells/terminal.ts'

/** OKPAY in Electron. What has to be said before the app is ready stands first. */
outliveTerminal()
app.enableSandbox()
declareScheme()
const connectLinks = takeLinks()

async function main(): Promise<void> {
  const claim = await claimFolder(electronWords(process.argv, app.isPackaged), process.env)
  if (claim.kind === 'refused') {
    complain(claim.says)
    return app.exit(claim.exitCode)
  }
  // Chromium's own files lie with the wallet's, so that two data folders never share a page's memory.
  for (const name of ['userData', 'sessionData'] as const) app.setPath(name, join(claim.dataDir, 'electron'))
  // The folder's lock has decided already; on Windows this lets the first one come to the front.
  app.requestSingleInstanceLock()
  if (claim.kind === 'running') {
    say(sayRunning(claim.shown))
    return app.exit(exitCodes.done)
  }
  await app.whenReady()
  const here = import.meta.dirname
  await runElectron({
    claim,
    env: process.env,
    page: join(here, '../renderer'),
    preload: join(here, '../preload/index.cjs'),
    serviceEntry: join(here, 'service.js'),
    connectLinks,
  })
}

main().catch(error => {
  complainOf(error)
  app.exit(1)
})
