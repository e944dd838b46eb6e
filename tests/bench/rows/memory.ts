import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'vite'
import type { BenchRow } from '../row.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** The program as it is built: from its sources a process would hold the compiler of TypeScript too. @returns the file to run. */
async function buildProcess(folder: string): Promise<string> {
  const outDir = join(folder, 'memory')
  await build({
    ...{ root, configFile: false, logLevel: 'silent' },
    build: {
      ...{ ssr: true, outDir, minify: false },
      rolldownOptions: {
        input: { memoryProcess: 'tests/bench/memoryProcess.ts', databaseWorker: 'src/storage/sqlite/databaseWorker.ts' },
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  return join(outDir, 'memoryProcess.js')
}

function peakMb(args: readonly string[]): number {
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  return Number(JSON.parse(run.stdout).peakMb)
}

const row: BenchRow = {
  name: 'memory of the wallet process 1M',
  seconds: 5,
  needsWallet: true,
  measure: async ({ folder, wallet }) => {
    const { path, key } = await wallet()
    const value = peakMb([await buildProcess(folder), path, Buffer.from(key).toString('hex')])
    const note = 'the built program, after balances, 20 pages of history and searches: measured against the goal alone'
    return { value, unit: 'MB', reference: null, ratio: null, goal: '< 150 MB', ok: value < 150, note }
  },
}

export const rows: readonly BenchRow[] = [row]
