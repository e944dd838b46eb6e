import type { ServicePorts, Work } from './ports.ts'

type Rounds = {
  /** What the log says when a round throws. */
  readonly event: string
  /** From the end of a round to the next one. */
  readonly everyMs: number
  /** Until the first one; `everyMs` where nothing is said. */
  readonly firstAfterMs?: number
}

/** Does the same again and again until stopped, whatever a round throws. `stop` waits for the round that is under way. */
export function inRounds(
  { after, log }: Pick<ServicePorts, 'after' | 'log'>,
  { event, everyMs, firstAfterMs = everyMs }: Rounds,
  round: () => Promise<unknown>,
): Work {
  let running: Promise<unknown> = Promise.resolve()
  let isStopped = false
  let cancel = after(firstAfterMs, start)

  function start(): void {
    running = round()
      .catch((error: unknown) => log.error({ event, cause: error instanceof Error ? error.message : 'unknown' }))
      .finally(() => {
        if (!isStopped) cancel = after(everyMs, start)
      })
  }

  return {
    stop: async () => {
      isStopped = true
      cancel()
      await running
    },
  }
}
