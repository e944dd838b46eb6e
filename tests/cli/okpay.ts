import type { ReachedWallet } from '#cli/reach.ts'
import { run } from '#cli/run.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'

type Answers = Readonly<Record<string, (input: unknown) => Envelope<unknown>>>

/** Runs `okpay` against a wallet that answers as told, and gives back all that came out of it. */
export async function okpay(args: readonly string[], answers: Answers = {}) {
  const out: string[] = []
  const err: string[] = []
  const asked: [string, unknown][] = []
  let closed = 0
  const wallet: ReachedWallet = {
    call: async (method, input) => {
      asked.push([method, input])
      return answers[method]?.(input) ?? { ok: false, kind: 'fault', code: 'unexpected', reference: 'none' }
    },
    close: async () => {
      closed += 1
    },
  }
  const code = await run([...args, '--locale', 'en'], { out: text => out.push(text), err: text => err.push(text) }, async () => wallet)
  return { code, out: out.join('\n'), err: err.join('\n'), asked, closed }
}

export const done = (value: unknown) => (): Envelope<unknown> => ({ ok: true, value })
