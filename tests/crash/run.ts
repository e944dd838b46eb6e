import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makePayments, type SignedPayment } from '../load/payers.ts'
import { sendPayment, serveBook } from '../load/service.ts'
import { auditBook } from './auditBook.ts'

const lines = 16
const payers = 32
const shops = ['shop-a', 'shop-b', 'shop-c']
const perKill = 30
/** An answer from the table of faults: the wish may be sent again with its id. */
const mayRepeat = /"code":"(service_|unexpected)/

/** Numbers below 1, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** What was answered, by the payment's body. A second answer that differs from the first is a violation. */
function ledgerOfAnswers(say: (violation: string) => void) {
  const answers = new Map<string, string>()
  return {
    count: () => answers.size,
    keep: (payment: SignedPayment, answer: string): void => {
      const first = answers.get(payment.body)
      if (!answer.includes('"state":"captured"')) say(`a covered payment was not captured: ${answer}`)
      else if (first !== undefined && first !== answer) say(`answered twice otherwise: ${first} then ${answer}`)
      answers.set(payment.body, answer)
    },
  }
}

/** Kills a service at random moments while payments are sent to it, starts it again on its book, and looks whether anything was lost or doubled. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '25' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
  })
  const kills = Number(values.kills)
  const random = numbers(Number(values.seed))
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.crash-'))
  const place = { path: join(folder, 'book.db') }
  const violations: string[] = []
  const answers = ledgerOfAnswers(violation => violations.push(violation))
  const began = performance.now()
  try {
    const signed = await makePayments(place, payers, shops, kills * perKill)
    let service = await serveBook(place)
    const all = signed(service.serviceId)
    const waiting = [...all]
    let isOver = false
    const agent = new Agent({ keepAlive: true, maxSockets: lines })

    const line = async () => {
      for (;;) {
        const payment = waiting.pop()
        if (!payment) {
          if (isOver) return
          await pause(20)
          continue
        }
        try {
          const answer = await sendPayment(agent, service.url, payment)
          if (mayRepeat.test(answer)) waiting.push(payment)
          else answers.keep(payment, answer)
        } catch {
          waiting.push(payment)
          await pause(10)
        }
      }
    }
    const sending = Array.from({ length: lines }, line)
    for (let killed = 0; killed < kills; killed += 1) {
      const before = answers.count()
      await pause(random() * 200)
      while (answers.count() === before && waiting.length > 0) await pause(5)
      await service.kill()
      service = await serveBook(place)
      if ((killed + 1) % 10 === 0) process.stderr.write(`${killed + 1} kills, ${answers.count()} payments acknowledged\n`)
    }
    isOver = true
    await Promise.all(sending)
    for (const payment of all) answers.keep(payment, await sendPayment(agent, service.url, payment))
    agent.destroy()
    await service.stop()
    violations.push(...(await auditBook(place, { payments: all.length, minor: 250n, shops })))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  for (const violation of violations.slice(0, 20)) process.stderr.write(`${violation}\n`)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  process.stdout.write(
    `crash: ${kills} kills, ${answers.count()} payments, ${violations.length} violations (seed ${values.seed}, ${seconds} s)\n`,
  )
  return violations.length === 0 ? 0 : 1
}

process.exitCode = await main()
