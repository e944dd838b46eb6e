import type { EventName, Events } from '#contracts/bridge/events.ts'
import type { InputOf, MethodName, OutputOf } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'

export type BridgeEvent = { [K in EventName]: { readonly event: K; readonly payload: Events[K] } }[EventName]

/** How the window reaches the wallet: the preload's functions in Electron, a socket in the loopback shell. */
export type Transport = {
  readonly call: <N extends MethodName>(method: N, input: InputOf<N>) => Promise<Envelope<OutputOf<N>>>
  /** The person touched the window: the wallet does not lock under their hands. Electron hears of it by itself. */
  readonly tellActed: () => void
  /** Returns the way to stop listening. */
  readonly onEvent: (listener: (event: BridgeEvent) => void) => () => void
  /** Told `false` while the wallet behind the window is out of reach, `true` when it is back. */
  readonly onConnection: (listener: (isConnected: boolean) => void) => () => void
  /** Puts an empty page in the place of this one, whose memory still holds what it has shown. Electron's shell does so by itself. */
  readonly beginAnew: () => void
}

/** A set of listeners that can be told something. */
export function listeners<T>() {
  const all = new Set<(told: T) => void>()
  return {
    add: (listener: (told: T) => void) => {
      all.add(listener)
      return () => {
        all.delete(listener)
      }
    },
    tell: (told: T) => {
      for (const listener of all) listener(told)
    },
  }
}
