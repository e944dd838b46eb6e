import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import pino from 'pino'
import { z } from 'zod'

/** One line of the wallet's log. Only what is listed here is ever written: no name, amount, address, key, token or text of an error. */
export type LogLine = {
  readonly event: string
  readonly method?: string
  readonly code?: string
  readonly reference?: string
  /** The class of an error, or its system code. */
  readonly cause?: string
  readonly status?: string
  readonly count?: number
}

export type Log = { info(line: LogLine): void; error(line: LogLine): void }

const allowed = ['event', 'method', 'code', 'reference', 'cause', 'status', 'count'] as const
const largestBytes = 1_000_000
/** Names and codes; what has spaces or an @ was somebody's sentence or address. */
const harmless = /^[\w.:/-]{0,80}$/

function redacted(line: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const kept: Record<string, string | number> = {}
  for (const name of allowed) {
    const value = line[name]
    if (typeof value === 'number') kept[name] = value
    else if (value !== undefined) kept[name] = typeof value === 'string' && harmless.test(value) ? value : '[redacted]'
  }
  return kept
}

/** The file and one before it, a megabyte each. A log that cannot be written is no reason to stop. */
function cappedFile(path: string): { write(line: string): void } {
  let bytes = 0
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  } catch {
    return { write: () => {} }
  }
  return {
    write(line) {
      try {
        if (bytes + line.length > largestBytes) {
          renameSync(path, `${path}.1`)
          bytes = 0
        }
        appendFileSync(path, line, { mode: 0o600 })
        bytes += line.length
      } catch {
        // Full or read-only: the window is told by what it wanted to do.
      }
    },
  }
}

/** The wallet's log at `path`, redacted by an allow-list of fields. */
export function openLog(path: string): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, cappedFile(path))
  return { info: line => logger.info(redacted(line)), error: line => logger.error(redacted(line)) }
}

const when = z.object({ time: z.iso.datetime() }).loose()

function readLine(line: string): readonly Readonly<Record<string, string | number>>[] {
  try {
    const found = when.parse(JSON.parse(line))
    return [{ time: found.time, ...redacted(found) }]
  } catch {
    return []
  }
}

/** The last lines of the log at `path`, redacted once more: what another program wrote into the file does not leave with them. */
export async function readLog(path: string, most: number): Promise<readonly Readonly<Record<string, string | number>>[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-most).flatMap(readLine)
}

/** What a log may say of an error: the code of the system or the name of its class, never its message. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause instanceof Error ? `${error.name}:${causeOf(error.cause)}` : error.name
}
