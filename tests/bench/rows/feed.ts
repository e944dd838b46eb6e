import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeFeed } from '../feedPages.ts'
import type { BenchRow } from '../row.ts'

const events = 100_000
const perPage = 500
const catchUpProcess = join(import.meta.dirname, '..', 'catchUpProcess.ts')

const catchUp: BenchRow = {
  name: 'catch-up of 100,000 feed events, verified',
  seconds: 15,
  needsWallet: false,
  measure: async ({ folder }) => {
    const pages = join(folder, 'feed')
    mkdirSync(pages)
    const told = writeFeed(pages, events, perPage)
    const run = spawnSync(process.execPath, [catchUpProcess, pages, JSON.stringify(told)], { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(run.stderr)
    const { seconds, cpuSeconds, peakMb, beforeMb } = JSON.parse(run.stdout)
    return {
      value: seconds,
      unit: 's',
      reference: null,
      ratio: null,
      goal: '< 5 s',
      ok: seconds < 5,
      note:
        `from the text of each answer to the checked heads, a process of its own: ${Math.round(events / seconds)} events a second, ${cpuSeconds.toFixed(1)} s of the ` +
        `processor, ${peakMb.toFixed(0)} MB at most after ${beforeMb.toFixed(0)} MB at its start; measured against the clock: no peer does this work`,
    }
  },
}

export const rows: readonly BenchRow[] = [catchUp]
