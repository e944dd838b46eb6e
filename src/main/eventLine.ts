import { type EventName, type Events, events } from '#contracts/bridge/events.ts'
import type { Log } from './bridge/log.ts'
import type { Wallet } from './ports.ts'

export type Tell = <E extends EventName>(event: E, payload: Events[E]) => void

export type EventLine = {
  readonly tell: Tell
  readonly onEvent: Wallet['onEvent']
  /** Tells the last link that was opened as soon as somebody is signed in. */
  openLink(text: string): void
  deliverLink(): void
  close(): void
}

const longestLink = 2000

/** What the wallet says unasked. While it is not unlocked only `app.changed` gets out, and nothing that is not in the contract ever does. */
export function createEventLine(of: {
  readonly isUnlocked: () => boolean
  readonly isSignedIn: () => boolean
  readonly log: Log
}): EventLine {
  const listeners = new Set<Parameters<Wallet['onEvent']>[0]>()
  let waitingLink: string | undefined

  const tell: Tell = (event, payload) => {
    if (event !== 'app.changed' && !of.isUnlocked()) return
    if (!events[event].safeParse(payload).success) return of.log.error({ event: 'event_malformed', method: event })
    for (const listener of listeners) listener(event, payload)
  }

  function deliverLink(): void {
    if (waitingLink === undefined || !of.isSignedIn()) return
    tell('link.opened', { text: waitingLink })
    waitingLink = undefined
  }

  return {
    tell,
    deliverLink,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    openLink(text) {
      waitingLink = text.slice(0, longestLink)
      deliverLink()
    },
    close: () => listeners.clear(),
  }
}
