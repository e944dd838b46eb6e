import { Agent } from 'node:http'
import type { SignedPayment } from './payers.ts'
import { sendPayment } from './service.ts'

const connections = 64

/** Sends all over 64 connections, by turns to each URL; each sends the next as soon as it is answered. Throws where one is not captured. @returns the milliseconds of each. */
export async function sendAll(urls: readonly string[], all: readonly SignedPayment[]): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const urlOf = (n: number): string => urls[n % urls.length] ?? ''
  const took: number[] = []
  let next = 0
  const line = async (_: unknown, n: number) => {
    for (let payment = all[next++]; payment; payment = all[next++]) {
      const start = performance.now()
      const answer = await sendPayment(agent, urlOf(n), payment)
      took.push(performance.now() - start)
      if (!answer.includes('"captured"')) throw new Error(`a payment was not captured: ${answer}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, line))
  agent.destroy()
  return took
}
