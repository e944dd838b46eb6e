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

/** Serves a book in a process of its own, from the sources as they are. */
export async function serveBook(place: BookPlace): Promise<ServedBook> {
  const entry = join(import.meta.dirname, 'serviceProcess.ts')
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [entry, JSON.stringify(place)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(child, 'close')
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
