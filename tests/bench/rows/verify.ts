import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { digest } from '#storage/digest.ts'
import type { BenchRow } from '../row.ts'
import { rate } from '../timing.ts'

const verifyProcess = join(import.meta.dirname, '..', 'verifyProcess.ts')

/** The least that checking a posting must do: two digests of texts as long as a leg's. */
function digestsOnly(): () => void {
  const text = 'x'.repeat(250)
  return () => {
    digest(text)
    digest(text)
  }
}

const row: BenchRow = {
  name: 'verify 1M postings',
  seconds: 40,
  needsWallet: false,
  needsBook: true,
  measure: async ({ book }) => {
    const { path, postings } = await book()
    const run = spawnSync(process.execPath, [verifyProcess, path], { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(run.stderr)
    const { wrong, postings: found, seconds, peakMb, beforeMb } = JSON.parse(run.stdout)
    if (wrong !== null || found !== postings) throw new Error(`the book is not sound: ${wrong ?? `${found} postings`}`)
    const value = postings / seconds
    const reference = rate(digestsOnly(), 1000)
    const note =
      `${seconds.toFixed(1)} s beside the digests of its legs alone, a process of its own: ${peakMb.toFixed(0)} MB at most after ` +
      `${beforeMb.toFixed(0)} MB at its start`
    return { value, unit: 'postings/s', reference, ratio: value / reference, goal: 'none set', ok: null, note }
  },
}

export const rows: readonly BenchRow[] = [row]
