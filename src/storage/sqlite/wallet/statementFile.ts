import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { StatementLine, StatementWriter } from '#core/exports/format.ts'
import { formats, isFormatName } from '#core/exports/index.ts'
import { Fault } from '#core/failure/faults.ts'
import type { StatementJob, StatementProofRow, StatementStep } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { toFault } from '../faults.ts'
import { linesOfBook, linesOfHistory, prove, type Stretch, stretchOf } from './statement.ts'

/** Collects texts in one buffer that is used again and again, and writes it when it is full. */
function appender(file: number) {
  let buffer = Buffer.allocUnsafe(1 << 19)
  let used = 0
  const flush = (): void => {
    for (let at = 0; at < used; ) at += writeSync(file, buffer, at, used - at)
    used = 0
  }
  return {
    append: (text: string): void => {
      const most = text.length * 3
      if (buffer.length - used < most) flush()
      if (buffer.length < most) buffer = Buffer.allocUnsafe(most)
      used += buffer.write(text, used)
    },
    flush,
  }
}

/** Adds up what is written, so that the file itself is part of the proof: every line leaves the balance that it prints. */
function tally(proof: readonly StatementProofRow[]) {
  const ends = new Map(proof.map(({ currency, openingMinor }) => [currency, { count: 0, minor: openingMinor }]))
  return {
    /** False where the line does not follow from those before it. */
    add: ({ currency, minor, afterMinor }: StatementLine): boolean => {
      const end = ends.get(currency)
      if (!end) return false
      end.count += 1
      end.minor += minor
      return end.minor === afterMinor
    },
    isProven: (): boolean =>
      proof.every(({ currency, movements, closingMinor }) => {
        const end = ends.get(currency)
        return end?.count === movements && end.minor === closingMinor
      }),
  }
}

type Progress = { readonly isStopped: () => boolean; readonly onStep: (step: StatementStep) => void }
type Written = 'proven' | 'differs' | 'stopped'

/** Writes one whole file from some lines; `differs` where they are not what was proven. */
async function writeLines(
  path: string,
  writer: StatementWriter,
  lines: Iterable<readonly StatementLine[]>,
  proof: readonly StatementProofRow[],
  progress: Progress,
): Promise<Written> {
  const of = proof.reduce((sum, row) => sum + row.movements, 0)
  const sums = tally(proof)
  const file = openSync(path, 'w', 0o600)
  try {
    const { append, flush } = appender(file)
    let written = 0
    append(writer.begin())
    for (const block of lines) {
      if (progress.isStopped()) return 'stopped'
      for (const line of block) {
        if (!sums.add(line)) return 'differs'
        append(writer.line(line))
      }
      written += block.length
      progress.onStep({ written, of })
      await setImmediate()
    }
    if (!sums.isProven()) return 'differs'
    append(writer.end())
    flush()
    fsyncSync(file)
    return progress.isStopped() ? 'stopped' : 'proven'
  } finally {
    closeSync(file)
  }
}

/** From the history where that is the same, which it is unless the service told a movement otherwise than its posting; else from the book. */
async function writeProven(
  db: Database,
  path: string,
  job: StatementJob,
  stretch: Stretch,
  proof: readonly StatementProofRow[],
  progress: Progress,
) {
  if (!isFormatName(job.format)) throw new TypeError(`no such format: ${job.format}`)
  const format = formats[job.format]
  for (const lines of [linesOfHistory(db, stretch, job), linesOfBook(db, stretch)]) {
    const written = await writeLines(path, format.writer({ ...job, proof }), lines, proof, progress)
    if (written !== 'differs') return written === 'proven'
  }
  throw new Fault('database_damaged', { cause: new Error('the lines of the statement are not its movements') })
}

/** Writes a statement beside its path and gives it its name when it is whole, proven and on disk. Undefined where it was stopped: nothing is left. */
export async function writeStatementFile(
  db: Database,
  job: StatementJob,
  progress: Progress,
): Promise<readonly StatementProofRow[] | undefined> {
  const stretch = stretchOf(db, job)
  const proof = prove(db, stretch, job.currencies)
  const half = `${job.path}.${job.id}.part`
  try {
    const isWhole = await writeProven(db, half, job, stretch, proof, progress)
    if (isWhole) renameSync(half, job.path)
    return isWhole ? proof : undefined
  } catch (error) {
    throw toFault(error)
  } finally {
    if (existsSync(half)) rmSync(half, { force: true })
  }
}
