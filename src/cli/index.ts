import { reach } from './reach.ts'
import { run } from './run.ts'

const streams = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
}

// `okpay history | head` closes our stdout early: that is no failure.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await run(process.argv.slice(2), streams, reach)
