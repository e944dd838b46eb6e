import { complainOf } from './terminal.ts'

/** Everything has ended within this time or is ended by force: a person who pressed Ctrl-C waits no longer than three seconds. */
const stopsWithinMs = 2_800

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `stop` once when the process is asked to end, and ends it: with 0 where all was closed, with 1 where the time was up. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false
  const begin = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), stopsWithinMs).unref()
    stop().then(
      () => process.exit(0),
      error => {
        complainOf(error)
        process.exit(1)
      },
    )
  }
  for (const signal of signals) process.on(signal, begin)
}
