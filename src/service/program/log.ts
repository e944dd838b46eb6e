import type { Log, LogLine } from '../ports.ts'

/** Quoted pieces, addresses, codes, tokens and keys: what libraries put into the messages of their errors may be somebody's secret. */
const telling = /"[^"]{1,500}"|'[^']{1,500}'|[^\s@"']{1,64}@[^\s"']{1,255}|[A-Za-z0-9_+=-]{20,500}|\d{6,20}/g

/** A long word without any digit names something of the program's. */
const isName = (piece: string): boolean => /^[A-Za-z_=-]{1,500}$/.test(piece)

const withoutSecrets = (text: string): string => text.slice(0, 2_000).replaceAll(telling, piece => (isName(piece) ? piece : '[…]'))

/** Writes one JSON object a line. Only the fields of `LogLine` are written, whatever else an object carries, and of the words of an error what can be no secret. */
export function createLog(write: (line: string) => void, withRequests: boolean): Log {
  const line = (level: 'info' | 'error', { event, reference, code, route, status, ms, cause }: LogLine) =>
    write(
      `${JSON.stringify({ at: new Date().toISOString(), level, event, reference, code, route, status, ms, cause: cause === undefined ? undefined : withoutSecrets(cause) })}\n`,
    )
  return {
    info: entry => {
      if (withRequests || entry.event !== 'request') line('info', entry)
    },
    error: entry => line('error', entry),
  }
}
