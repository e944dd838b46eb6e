import { type RawData, WebSocket } from 'ws'
import { z } from 'zod'
import type { Wallet } from '../../ports.ts'

export const largestFrameBytes = 8_000_000
const mostCallsAtOnce = 256
/** A window that does not read what it asked for is cut off rather than kept in memory. */
const mostUnsentBytes = 64_000_000

const unacceptable = 1003
const againstPolicy = 1008

const call = z.strictObject({ id: z.string().min(1).max(100), method: z.string().max(100), input: z.unknown() })
/** The person touched the window: holds off the idle lock, as the system's own input events do in Electron. */
const act = z.strictObject({ acted: z.literal(true) })
const frame = z.union([call, act])

/** Carries the window's calls to the wallet and its events back, until either closes. A frame that is neither a call nor an act closes the socket. */
export function attendWindow(socket: WebSocket, wallet: Pick<Wallet, 'dispatch' | 'onEvent' | 'personActed'>): void {
  let calls = 0
  const send = (value: unknown) => {
    if (socket.readyState !== WebSocket.OPEN) return
    if (socket.bufferedAmount > mostUnsentBytes) socket.terminate()
    else socket.send(JSON.stringify(value))
  }
  const stopListening = wallet.onEvent((event, payload) => send({ event, payload }))
  socket.on('close', stopListening)
  // What the frame's reader refuses (too large, no UTF-8) it closes by itself with the right code.
  socket.on('error', () => undefined)
  socket.on('message', (data, isBinary) => {
    const asked = isBinary ? undefined : readFrame(data)
    if (!asked) return socket.close(unacceptable)
    if ('acted' in asked) return wallet.personActed()
    if (calls >= mostCallsAtOnce) return socket.close(againstPolicy)
    calls += 1
    void wallet.dispatch(asked.method, asked.input, { shell: 'loopback' }).then(envelope => {
      calls -= 1
      send({ id: asked.id, envelope })
    })
  })
}

function readFrame(data: RawData): z.infer<typeof frame> | undefined {
  try {
    return frame.safeParse(JSON.parse(String(data))).data
  } catch {
    return undefined
  }
}
