import { Worker } from 'node:worker_threads'
import { no, type Outcome } from '#core/failure/outcome.ts'
import type { DocumentKind } from '#core/identity/file.ts'
import type { After } from '../../after.ts'

export type RedrawJob = { readonly bytes: Uint8Array; readonly kind: DocumentKind }

/** Ten pages of a scan take some seconds on a small computer. */
const longestMs = 30_000
/** How many are drawn at once; each may need some hundred megabytes. */
const atOnce = 2
const heapMegabytes = 256

const workerFile = import.meta.url.endsWith('.ts') ? './redrawWorker.ts' : './redrawWorker.js'

function redrawOne(job: RedrawJob, after: After): Promise<Outcome<readonly Uint8Array[]>> {
  return new Promise(resolve => {
    const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes }
    const worker = new Worker(new URL(workerFile, import.meta.url), { workerData: job, resourceLimits, name: 'okpay-redraw' })
    const end = (answer: Outcome<readonly Uint8Array[]>): void => {
      cancel()
      resolve(answer)
      void worker.terminate()
    }
    const broken = (): void => end(no('document_broken'))
    const cancel = after(longestMs, broken)
    worker.on('message', end)
    worker.on('error', broken)
    worker.on('exit', broken)
  })
}

/**
 * Draws the pages of a file anew in a thread of its own, two at a time: the service goes on meanwhile, and a file that takes too long or too much memory ends
 * its own thread alone. Declines: as `redrawPages`.
 */
export function createRedraw(after: After): (job: RedrawJob) => Promise<Outcome<readonly Uint8Array[]>> {
  let running = 0
  const waiting: (() => void)[] = []
  return async job => {
    if (running >= atOnce) await new Promise<void>(resolve => waiting.push(resolve))
    running += 1
    try {
      return await redrawOne(job, after)
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
