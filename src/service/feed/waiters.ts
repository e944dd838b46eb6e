import type { Change, ServiceStore } from '#storage/serviceStore.ts'
import type { After } from '../after.ts'

export type Topic = `feed:${string}` | `order:${string}` | `device:${string}` | 'mail'

const topicOf = (change: Change): Topic => {
  switch (change.type) {
    case 'feed':
      return `feed:${change.holderId}`
    case 'order':
      return `order:${change.orderId}`
    case 'device':
      return `device:${change.deviceId}`
    case 'mail':
      return 'mail'
  }
}

/** Watches topics from the moment it is made, so that nothing that happens after a look is missed. */
export type Watch = {
  /** Resolves at the next change, after `ms`, or when the service stops; at once where a change came since the last call. */
  next(ms: number): Promise<void>
  stop(): void
}

/** Whoever waits for something to happen: long polls and sockets. */
export type Waiters = {
  watch(...topics: readonly Topic[]): Watch
  listen(topic: Topic, listener: () => void): () => void
  /** How many wait. */
  count(): number
  /** Lets everybody go: the service stops. */
  close(): void
}

function watchOf(listen: Waiters['listen'], topics: readonly Topic[], whenClosed: Promise<void>, after: After): Watch {
  let happened = false
  let wake: () => void = () => undefined
  const stops = topics.map(topic =>
    listen(topic, () => {
      happened = true
      wake()
    }),
  )
  const stop = (): void => {
    for (const end of stops) end()
  }
  const next = async (ms: number): Promise<void> => {
    if (!happened) {
      let cancel: () => void = () => undefined
      const changed = new Promise<void>(resolve => {
        wake = resolve
        cancel = after(ms, resolve)
      })
      await Promise.race([changed, whenClosed])
      cancel()
    }
    happened = false
  }
  return { next, stop }
}

/** Hears every commit of the store and wakes those who wait for what it changed. */
export function createWaiters(store: Pick<ServiceStore, 'onChange'>, after: After): Waiters {
  const listeners = new Map<Topic, Set<() => void>>()
  let letGo: () => void = () => undefined
  const whenClosed = new Promise<void>(resolve => {
    letGo = resolve
  })
  const listen: Waiters['listen'] = (topic, listener) => {
    const those = listeners.get(topic) ?? new Set()
    listeners.set(topic, those.add(listener))
    return () => {
      those.delete(listener)
      if (those.size === 0 && listeners.get(topic) === those) listeners.delete(topic)
    }
  }
  const stopHearing = store.onChange(change => {
    for (const listener of [...(listeners.get(topicOf(change)) ?? [])]) listener()
  })
  return {
    listen,
    // Whoever waits for news waits for the end of their device too, and is one.
    count: () => [...listeners].reduce((sum, [topic, those]) => (topic.startsWith('device:') ? sum : sum + those.size), 0),
    watch: (...topics) => watchOf(listen, topics, whenClosed, after),
    close: () => {
      stopHearing()
      letGo()
    },
  }
}
