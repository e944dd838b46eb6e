import { join } from 'node:path'
import { claimFolder, exitCodes } from './shells/claim.ts'
import { runLoopback } from './shells/loopback/run.ts'

/** OKPAY by plain Node: where Electron's binary is not installed, and on servers. */
async function main(): Promise<void> {
  // A terminal that is gone must not end the wallet by a line that nobody reads.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const claim = await claimFolder(process.argv.slice(2), process.env)
  if (claim.kind === 'refused') {
    process.stderr.write(`${claim.says}\n`)
    process.exitCode = claim.exitCode
  } else if (claim.kind === 'running') {
    process.stdout.write(`OKPAY is already running${claim.shown.url ? `: ${claim.shown.url}` : '.'}\n`)
    process.exitCode = exitCodes.done
  } else {
    const here = import.meta.dirname
    await runLoopback({ claim, env: process.env, page: join(here, '../renderer'), serviceEntry: join(here, 'service.js') })
  }
}

await main()
