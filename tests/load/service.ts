import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { BookPlace } from './books.ts'
import type { SignedPayment } from './payers.ts'

export type ServedBook = {
  readonly url: string
  readonly serviceId: string
  /** Lets it finish and close the book. */
  stop(): Promise<void>
  /** Kill -9, and waits until it is gone. */
  kill(): Promise<void>
}

type Serving = {
  /** 0: one that the system chooses. */
  readonly port?: number
  /** It is killed so long after its process began, ready or not. */
  readonly killAfterMs?: number
  /** What it complains of, as it comes. */
  readonly onError?: (text: string) => void
}

/** Processes that are started again and again read what was compiled before. */
export const compileCache = join(import.meta.dirname, '../../node_modules/.cache/okpay-processes')

/** Serves a book in a process of its own, from the sources as they are. Rejects where it ends before it listens. */
export async function serveBook(
  place: BookPlace,
  { port = 0, killAfterMs, onError = text => process.stderr.write(text) }: Serving = {},
): Promise<ServedBook> {
  const entry = join(import.meta.dirname, 'serviceProcess.ts')
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(process.execPath, [entry, JSON.stringify(place), String(port)], {
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stderr.setEncoding('utf8').on('data', onError)
  const gone = once(child, 'close')
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    gone.then(() => Promise.reject(new Error('the service did not start'))),
  ])
  const { url, serviceId }: Pick<ServedBook, 'url' | 'serviceId'> = JSON.parse(String(line))
  return {
    url,
    serviceId,
    stop: async () => {
      child.stdin.end()
      await gone
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Sends a payment and gives the answer as it came. Rejects where the line broke. */
export function sendPayment(agent: Agent, url: string, { token, body }: SignedPayment): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${token}` }
    const asked = request(`${url}/v1/commands`, { method: 'POST', agent, headers }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', part => {
        text += part
      })
      response
        .on('end', () => resolve(text))
        .on('error', reject)
        .on('aborted', () => reject(new Error('the answer was cut off')))
    })
    asked.on('error', reject).end(body)
  })
}
