import type { Log, LogLine } from '../ports.ts'

/** Writes one JSON object a line. Only the fields of `LogLine` are written, whatever else an object carries. */
export function createLog(write: (line: string) => void, withRequests: boolean): Log {
  const line = (level: 'info' | 'error', { event, reference, code, route, status, ms, cause }: LogLine) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), level, event, reference, code, route, status, ms, cause })}\n`)
  return {
    info: entry => {
      if (withRequests || entry.event !== 'request') line('info', entry)
    },
    error: entry => line('error', entry),
  }
}
