import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { makePayments, type SignedPayment } from '../payers.ts'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'

const connections = 64
const payments = 4000
const payers = 64
const key = new Uint8Array(32).fill(4)

type Service = ChildProcessByStdio<Writable, Readable, null>

async function startService(path: string): Promise<{ readonly process: Service; readonly url: string; readonly serviceId: string }> {
  const entry = join(import.meta.dirname, '..', 'serviceProcess.ts')
  const child = spawn(process.execPath, [entry, path, Buffer.from(key).toString('hex')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { process: child, ...JSON.parse(String(line)) }
}

function send(agent: Agent, url: string, { token, body }: SignedPayment): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${token}` }
    const asked = request(`${url}/v1/commands`, { method: 'POST', agent, headers }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', part => {
        text += part
      })
      response.on('end', () => resolve(text))
    })
    asked.on('error', reject).end(body)
  })
}

/** Sends all over 64 connections, each of which sends the next as soon as it is answered. @returns the milliseconds of each. */
async function sendAll(url: string, all: readonly SignedPayment[]): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const took: number[] = []
  let next = 0
  const line = async () => {
    for (let payment = all[next++]; payment; payment = all[next++]) {
      const start = performance.now()
      const answer = await send(agent, url, payment)
      took.push(performance.now() - start)
      if (!answer.includes('"captured"')) throw new Error(`a payment was not captured: ${answer}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, line))
  agent.destroy()
  return took
}

const row = (name: string, shops: number): BenchRow => ({
  name,
  seconds: 20,
  needsWallet: false,
  measure: async ({ folder }) => {
    const path = join(folder, `payments-${shops}.db`)
    const names = Array.from({ length: shops }, (_, n) => `shop-${n}`)
    const signed = await makePayments({ path, key }, payers, names, payments)
    const { process: service, url, serviceId } = await startService(path)
    try {
      const all = signed(serviceId)
      await sendAll(url, all.slice(0, 400))
      const start = performance.now()
      const took = await sendAll(url, all.slice(400))
      const value = (took.length * 1000) / (performance.now() - start)
      const p99 = [...took].sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? Number.NaN
      const note = `p50 ${median(took).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; signed, with limits, hold, capture, chain and feed, ${connections} connections, client on the same cores`
      return { value, unit: 'payments/s', reference: null, ratio: null, goal: '>= 1.5 x pgbench -c 16', ok: null, note }
    } finally {
      service.stdin.end()
      await once(service, 'close')
    }
  },
})

export const rows: readonly BenchRow[] = [row('payments over HTTP, 64 shops', 64), row('payments over HTTP, one shop', 1)]
