/** A work that keeps things for itself while it lasts. */
export type Owner = { readonly done: Promise<void>; isDone: boolean }

/** Who of several works in one transaction has which key: what a row's lock is between transactions. */
export type Owners = {
  /** For what runs in no work. */
  readonly first: Owner
  /** Waits until the key is free and keeps it. Throws where all works wait for each other. */
  take(own: Owner, key: string): Promise<void>
  /** Runs a work; what it took is free when it ends. */
  during<T>(work: (own: Owner) => Promise<T>): Promise<T>
}

export function createOwners(): Owners {
  const owners = new Map<string, Owner>()
  const running = new Set<Owner>()
  const waiting = new Map<Owner, (error: Error) => void>()
  const first: Owner = { done: Promise.resolve(), isDone: false }

  /** Nobody is left who could make way: the works are to be done one after another. */
  const letGoIfStuck = (): void => {
    if (waiting.size === 0 || [...running].some(own => !waiting.has(own))) return
    for (const giveUp of waiting.values()) giveUp(new Error('works that share a transaction wait for each other'))
  }
  const untilDone = async (own: Owner, owner: Owner): Promise<void> => {
    const stuck = new Promise<never>((_, reject) => waiting.set(own, reject))
    letGoIfStuck()
    try {
      await Promise.race([owner.done, stuck])
    } finally {
      waiting.delete(own)
    }
  }
  return {
    first,
    take: async (own, key) => {
      for (;;) {
        const owner = owners.get(key)
        if (!owner || owner === own || owner.isDone) break
        await untilDone(own, owner)
      }
      owners.set(key, own)
    },
    during: async work => {
      let end = (): void => undefined
      const done = new Promise<void>(resolve => {
        end = resolve
      })
      const own: Owner = { done, isDone: false }
      running.add(own)
      try {
        return await work(own)
      } finally {
        own.isDone = true
        running.delete(own)
        end()
        // Whoever waited for this one goes on first.
        setImmediate(letGoIfStuck)
      }
    },
  }
}
