import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileWorld } from './fileWorld.ts'
import { numbers } from './numbers.ts'
import { postgresWorld } from './postgresWorld.ts'
import { type Kind, kinds } from './world.ts'

const worlds = [
  { of: ['service', 'wallet'], start: fileWorld },
  { of: ['instance', 'postgres'], start: postgresWorld },
] as const

type Wish = {
  readonly kind: Kind | 'all'
  readonly kills: number
  readonly seed: number
  /** Kills no more, and ends as after the last. */
  readonly signal?: AbortSignal
  readonly onKill?: (done: number, violations: number) => void
}

type Campaign = { readonly kills: Readonly<Record<Kind, number>>; readonly payments: number; readonly violations: readonly string[] }

/** Kills real processes at random moments while payments are made through them, lets them come back, and looks whether anything was lost or doubled. */
export async function runCampaign({ kind, kills: count, seed, signal, onKill = () => undefined }: Wish): Promise<Campaign> {
  const random = numbers(seed)
  const choice = kinds.filter(one => kind === 'all' || kind === one)
  const turns = Array.from({ length: count }, (): Kind => choice[Math.floor(random() * choice.length)] ?? 'service')
  const none = { service: 0, instance: 0, postgres: 0, wallet: 0 }
  const planned = { ...none }
  for (const turn of turns) planned[turn] += 1
  const killed = { ...none }
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.crash-'))
  mkdirSync(join(folder, 'wallet'))
  const violations: string[] = []
  let done = 0
  let payments = 0
  const say = (violation: string) => violations.push(`after ${done} kills: ${violation}`)
  try {
    for (const { of, start } of worlds) {
      const mine = turns.filter(turn => of.some(one => one === turn))
      if (mine.length === 0 || signal?.aborted) continue
      const world = await start({ kills: planned, folder, random, say })
      try {
        for (const turn of mine) {
          if (signal?.aborted) break
          await world.kill(turn)
          killed[turn] += 1
          done += 1
          onKill(done, violations.length)
        }
        payments += await world.end()
      } finally {
        await world.close()
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { kills: killed, payments, violations }
}
