import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { StatementLine } from '#core/exports/format.ts'
import { formats, isFormatName } from '#core/exports/index.ts'
import { Fault } from '#core/failure/faults.ts'
import type { StatementJob, StatementProofRow, StatementStep } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { asFaults, toFault } from '../faults.ts'
import { linesOf, prove, type Stretch, stretchOf } from './statement.ts'

/** Postings in a block. Between blocks the thread serves other calls. */
const blockSize = 4000

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** Adds up what was written, so that the file itself is part of the proof. */
function tally() {
  const sums = new Map<string, { count: number; minor: bigint; last: bigint | null }>()
  return {
    add: ({ currency, minor, afterMinor }: StatementLine): void => {
      const { count, minor: sum } = sums.get(currency) ?? { count: 0, minor: 0n }
      sums.set(currency, { count: count + 1, minor: sum + minor, last: afterMinor })
    },
    mustEqual: (proof: readonly StatementProofRow[]): void => {
      for (const { currency, movements, sumMinor, closingMinor } of proof) {
        const { count, minor, last } = sums.get(currency) ?? { count: 0, minor: 0n, last: null }
        if (count !== movements || minor !== sumMinor || (last !== null && last !== closingMinor))
          throw new Fault('database_damaged', { cause: new Error(`the lines of the ${currency} statement are not its movements`) })
      }
    },
  }
}

type Progress = { readonly isStopped: () => boolean; readonly onStep: (step: StatementStep) => void }

/** @returns false where it was stopped. */
async function writeLines(
  db: Database,
  file: number,
  job: StatementJob,
  stretch: Stretch,
  proof: readonly StatementProofRow[],
  progress: Progress,
) {
  if (!isFormatName(job.format)) throw new TypeError(`no such format: ${job.format}`)
  const writer = formats[job.format].writer({ ...job, proof })
  const of = proof.reduce((sum, row) => sum + row.movements, 0)
  const written = tally()
  let count = 0
  writeAll(file, writer.begin())
  for (let from = stretch.from; from < stretch.until; from += blockSize) {
    if (progress.isStopped()) return false
    let text = ''
    for (const line of linesOf(db, stretch, from, Math.min(from + blockSize, stretch.until))) {
      text += writer.line(line)
      written.add(line)
      count += 1
    }
    writeAll(file, text)
    progress.onStep({ written: count, of })
    await setImmediate()
  }
  writeAll(file, writer.end())
  written.mustEqual(proof)
  return !progress.isStopped()
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
  let isWhole = false
  const file = asFaults(() => openSync(half, 'wx', 0o600))
  try {
    try {
      isWhole = await writeLines(db, file, job, stretch, proof, progress)
      if (isWhole) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (isWhole) renameSync(half, job.path)
    return isWhole ? proof : undefined
  } catch (error) {
    isWhole = false
    throw toFault(error)
  } finally {
    if (!isWhole) rmSync(half, { force: true })
  }
}
