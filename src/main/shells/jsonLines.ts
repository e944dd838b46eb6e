import type { Socket } from 'node:net'

export type JsonLines = { readonly send: (value: unknown) => void }

/**
 * Speaks JSON, one value a line, over a socket. `onValue` hears each value in turn; a line that is too long or no JSON ends the connection, for
 * what follows it cannot be trusted.
 */
export function jsonLines(socket: Socket, mostBytes: number, onValue: (value: unknown) => void): JsonLines {
  let parts: Buffer[] = []
  let bytes = 0

  function takeLine(line: Buffer): void {
    let value: unknown
    try {
      value = JSON.parse(line.toString('utf8'))
    } catch {
      socket.destroy()
      return
    }
    onValue(value)
  }

  socket.on('data', (chunk: Buffer) => {
    let rest = chunk
    for (let end = rest.indexOf(10); end >= 0 && !socket.destroyed; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)])
      parts = []
      bytes = 0
      rest = rest.subarray(end + 1)
      if (line.length > mostBytes) socket.destroy()
      else if (line.length > 0) takeLine(line)
    }
    bytes += rest.length
    if (bytes > mostBytes) socket.destroy()
    else if (rest.length > 0) parts.push(rest)
  })

  return {
    send: value => {
      if (socket.writable) socket.write(`${JSON.stringify(value)}\n`)
    },
  }
}
