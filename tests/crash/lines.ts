import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { SignedPayment } from '../load/payers.ts'
import { sendPayment } from '../load/service.ts'

const doublesEachMs = 100
const longestSilenceMs = 90_000
/** An answer from the table of faults: the wish may be sent again with its id. */
const mayRepeat = /"code":"service_/

type Load = {
  readonly payments: readonly SignedPayment[]
  /** How many are on their way at once. */
  readonly lines: number
  /** Where each of them may be sent to. */
  readonly doors: readonly (() => string)[]
  readonly say: (violation: string) => void
}

export type Lines = {
  /** Sees to it that so many payments wait to be sent. */
  fill(count: number): void
  /** Until another answer has come through this door. */
  news(door: number): Promise<void>
  /** Sends what waits, then everything once more. @returns how many payments were answered. */
  finish(): Promise<number>
}

/** Sends payments over several lines at once. What was not answered is sent again; while nothing waits, what was answered is, now and then. */
export function startLines({ payments, lines, doors, say }: Load): Lines {
  const agent = new Agent({ keepAlive: true, maxSockets: lines })
  const answers = new Map<SignedPayment, string>()
  const heard = doors.map(() => 0)
  const waiting: SignedPayment[] = []
  let sent = 0
  let turns = 0
  let isOver = false

  function keep(payment: SignedPayment, answer: string): void {
    const first = answers.get(payment)
    if (!answer.includes('"state":"captured"')) say(`a covered payment was not captured: ${answer}`)
    else if (first !== undefined && first !== answer) say(`answered twice otherwise: ${first} then ${answer}`)
    answers.set(payment, answer)
  }

  async function send(payment: SignedPayment): Promise<boolean> {
    turns += 1
    const door = turns % doors.length
    try {
      const answer = await sendPayment(agent, doors[door]?.() ?? '', payment)
      if (mayRepeat.test(answer)) return false
      keep(payment, answer)
      heard[door] = (heard[door] ?? 0) + 1
      return true
    } catch {
      return false
    }
  }

  async function line(): Promise<void> {
    for (;;) {
      const payment = waiting.shift()
      if (!payment && isOver) return
      if (!payment) {
        await pause(doublesEachMs)
        const old = payments[turns % Math.max(1, sent)]
        if (waiting.length === 0 && old && sent > 0) await send(old)
        continue
      }
      if (await send(payment)) continue
      waiting.unshift(payment)
      await pause(10)
    }
  }

  const start = () => Promise.all(Array.from({ length: lines }, line))
  const running = start()
  return {
    fill(count) {
      const more = payments.slice(sent, sent + Math.max(0, count - waiting.length))
      waiting.push(...more)
      sent += more.length
    },
    async news(door) {
      const [before, began] = [heard[door], Date.now()]
      while (heard[door] === before) {
        if (Date.now() - began > longestSilenceMs) return say(`nobody answered at door ${door} for ${longestSilenceMs} ms`)
        await pause(5)
      }
    },
    async finish() {
      isOver = true
      await running
      waiting.push(...payments.slice(0, sent))
      await start()
      agent.destroy()
      return answers.size
    },
  }
}
