import type { Envelope } from '#contracts/wire/envelope.ts'
import { type BridgeEvent, listeners, type Transport } from './transport.ts'

const firstWaitMs = 250
const longestWaitMs = 8_000

type Waiting = { readonly frame: string; readonly answer: (envelope: Envelope<never>) => void }
type Frame = { readonly id?: string; readonly envelope?: Envelope<never>; readonly event?: string; readonly payload?: unknown }

const offline: Envelope<never> = { ok: false, kind: 'fault', code: 'service_offline', reference: '' }

/**
 * The loopback shell's transport: JSON frames `{id, method, input}` -> `{id, envelope}` and `{event, payload}` over one WebSocket of the same origin.
 * It reconnects by itself with a growing wait. A call that was sent when the socket broke is answered as offline: whether it was done is for the
 * caller to ask again, with the same id. A call made while there is no socket waits for it.
 */
export function socketTransport(address: string): Transport {
  const events = listeners<BridgeEvent>()
  const connection = listeners<boolean>()
  const waiting = new Map<string, Waiting>()
  const unsent = new Set<string>()
  let socket: WebSocket | undefined
  let waitMs = firstWaitMs
  let calls = 0

  function receive(text: string): void {
    const frame = JSON.parse(text) as Frame
    if (frame.id !== undefined && frame.envelope) {
      waiting.get(frame.id)?.answer(frame.envelope)
      waiting.delete(frame.id)
    } else if (frame.event !== undefined) events.tell({ event: frame.event, payload: frame.payload } as BridgeEvent)
  }

  function lose(): void {
    socket = undefined
    connection.tell(false)
    for (const [id, { answer }] of waiting) {
      if (unsent.has(id)) continue
      waiting.delete(id)
      answer(offline)
    }
    setTimeout(open, waitMs)
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }

  function open(): void {
    const fresh = new WebSocket(address)
    fresh.onopen = () => {
      socket = fresh
      waitMs = firstWaitMs
      connection.tell(true)
      for (const id of unsent) fresh.send(waiting.get(id)?.frame ?? '')
      unsent.clear()
    }
    fresh.onmessage = message => receive(String(message.data))
    fresh.onclose = lose
  }
  open()

  return {
    call: (method, input) =>
      new Promise(resolve => {
        calls += 1
        const id = String(calls)
        const frame = JSON.stringify({ id, method, input })
        waiting.set(id, { frame, answer: resolve })
        if (socket?.readyState === WebSocket.OPEN) socket.send(frame)
        else unsent.add(id)
      }),
    tellActed: () => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ acted: true }))
    },
    onEvent: events.add,
    onConnection: connection.add,
    // Without the fragment, which may name what was looked for.
    beginAnew: () => location.replace(location.pathname),
  }
}
