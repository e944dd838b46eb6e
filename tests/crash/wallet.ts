import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { InputOf, MethodName, OutputOf } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { compileCache } from '../load/service.ts'

export type WalletProcess = {
  /** Rejects where the process ends before it answers. */
  ask<N extends MethodName>(method: N, input: InputOf<N>): Promise<Envelope<OutputOf<N>>>
  /** As `ask`, and throws what is not a value. */
  get<N extends MethodName>(method: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** Kill -9, and waits until it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
}

type Waiting = { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void }

/** Starts a wallet on its folder. `killAfterMs`: it is killed so long after its process began, ready or not. Rejects where it ends before it is ready. */
export async function startWallet(folder: string, serviceUrl: string, killAfterMs?: number): Promise<WalletProcess> {
  const entry = join(import.meta.dirname, 'walletProcess.ts')
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [entry, folder, serviceUrl], {
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let isGone = false
  const gone = once(child, 'close').then(() => {
    isGone = true
    for (const { reject } of waiting.values()) reject(new Error('the wallet is gone'))
  })
  child.stdin.on('error', () => undefined)
  const lines = createInterface(child.stdout)
  await Promise.race([once(lines, 'line'), gone.then(() => Promise.reject(new Error('the wallet did not start')))])
  lines.on('line', line => {
    const { n, answer } = JSON.parse(line)
    waiting.get(n)?.resolve(answer as never)
    waiting.delete(n)
  })
  const ask: WalletProcess['ask'] = (method, input) =>
    new Promise((resolve, reject) => {
      if (isGone) return reject(new Error('the wallet is gone'))
      asked += 1
      waiting.set(asked, { resolve, reject })
      child.stdin.write(`${JSON.stringify({ n: asked, method, input })}\n`)
    })
  return {
    ask,
    async get(method, input) {
      const answer = await ask(method, input)
      if (answer.ok) return answer.value
      throw new Error(`${method}: ${JSON.stringify(answer)}`)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      child.stdin.end()
      await gone
    },
  }
}
