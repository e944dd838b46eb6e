import type { Envelope } from '#contracts/wire/envelope.ts'
import { type BridgeEvent, listeners, type Transport } from './transport.ts'

/** What the preload script puts into the page: one function a method, and one to listen. */
export type PreloadBridge = {
  readonly [method: string]: (input: unknown) => Promise<unknown>
} & { readonly onEvent: (listener: (event: string, payload: unknown) => void) => void }

declare global {
  interface Window {
    readonly okpay?: PreloadBridge
  }
}

/** Electron's transport. It cannot be lost while the page lives. */
export function preloadTransport(okpay: PreloadBridge): Transport {
  const events = listeners<BridgeEvent>()
  okpay.onEvent((event, payload) => events.tell({ event, payload } as BridgeEvent))
  return {
    call: async (method, input) => {
      const ask = okpay[method]
      if (!ask) throw new TypeError(`the preload has no ${method}`)
      return (await ask(input)) as Envelope<never>
    },
    tellActed: () => undefined,
    onEvent: events.add,
    onConnection: () => () => undefined,
    beginAnew: () => undefined,
  }
}
