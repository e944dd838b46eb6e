import { Worker } from 'node:worker_threads'
import { Fault } from '#core/failure/faults.ts'
import { fromFailure, type WorkerSays, type WorkerStart } from './calls.ts'

/** Starts a thread on the wallet's database and waits until it has opened it (or, for a copy, has made it). Throws the fault that it met. */
export function startThread(
  entry: URL,
  start: WorkerStart,
  onMessage: (message: WorkerSays) => void,
  onEnd: (reason: Error) => void,
): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: { ...start, key: Uint8Array.from(start.key) }, name: 'okpay-database' })
    const end = (reason: unknown): void => {
      const fault = new Fault('unexpected', { cause: reason })
      reject(fault)
      onEnd(fault)
    }
    worker.on('message', (message: WorkerSays) => {
      if (message.type === 'ready') resolve(worker)
      else if (message.type === 'refused') reject(fromFailure(message.failure))
      else onMessage(message)
    })
    worker.on('error', end)
    worker.on('exit', code => end(new Error(`the thread of the database ended (${code})`)))
  })
}
