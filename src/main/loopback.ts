import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { claimFolder, exitCodes, sayRunning } from './shells/claim.ts'
import { runLoopback } from './shells/loopback/run.ts'
import { complain, outliveTerminal, say } from './shells/terminal.ts'

/** OKPAY by plain Node: where Electron's binary is not installed, and on servers. */
async function main(): Promise<void> {
  outliveTerminal()
  const claim = await claimFolder(process.argv.slice(2), process.env)
  if (claim.kind === 'refused') {
    complain(claim.says)
    process.exitCode = claim.exitCode
  } else if (claim.kind === 'running') {
    say(sayRunning(claim.shown))
    process.exitCode = exitCodes.done
  } else {
    const here = import.meta.dirname
    const drawFirstScreen = async (): Promise<DrawFirstScreen> =>
      (await import(pathToFileURL(join(here, 'firstScreen.js')).href)).drawFirstScreen
    await runLoopback({ claim, env: process.env, page: join(here, '../renderer'), serviceEntry: join(here, 'service.js'), drawFirstScreen })
  }
}

await main()
