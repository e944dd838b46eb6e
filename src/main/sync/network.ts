import { WebSocket } from 'ws'
import type { Network } from '../ports.ts'

/** A nudge is a few bytes; more is not ours. */
const largestFrameBytes = 4096
const handshakeMs = 10_000

/** Real HTTP and WebSocket. Redirects are never followed: an address is what its owner typed. */
export const systemNetwork: Network = {
  fetch: (url, init) => fetch(url, { ...init, redirect: 'error' }),
  socket(url, headers) {
    const socket = new WebSocket(url, {
      headers,
      maxPayload: largestFrameBytes,
      handshakeTimeout: handshakeMs,
      followRedirects: false,
      perMessageDeflate: false,
    })
    // An error is always followed by `close`; without a listener it would end the process.
    socket.on('error', () => {})
    return {
      onText: listener => socket.on('message', data => listener(data.toString())),
      onOpen: listener => socket.on('open', listener),
      onClose: listener => socket.once('close', listener),
      close: () => socket.terminate(),
    }
  },
}
