import { dayOf } from '#core/root/day.ts'
import type { Clock } from '../ports.ts'
import { askRoots } from './askRoots.ts'
import type { Provider } from './provider.ts'

type RootWatch = {
  /** Once the feed is read to its end: asks where a day is over whose root is not known, at most every five minutes. */
  look(): void
  /** Asks now. Faults as `ServiceClient.call`; throws `ProviderMismatch`. */
  follow(): Promise<void>
  /** Resolves once nothing of it is written any more; what it asks was called off before. */
  idle(): Promise<void>
}

type RootWatchParts = {
  readonly clock: Clock
  readonly provider: Pick<Provider, 'isStopped' | 'knownRoot' | 'checkRoots'>
  readonly call: Parameters<typeof askRoots>[0]
  readonly catchUp: () => Promise<void>
  readonly onFault: (error: unknown) => void
}

const everyMs = 5 * 60_000
const dayMs = 86_400_000

/** Follows the daily roots of the service. */
export function createRootWatch({ clock, provider, call, catchUp, onFault }: RootWatchParts): RootWatch {
  let askedAt: number | undefined
  let following: Promise<void> | undefined

  async function followOnce(): Promise<void> {
    if (await provider.isStopped()) return
    askedAt = clock.now()
    const told = await askRoots(call, await provider.knownRoot())
    if (!told) return
    // Whatever stands in a root was committed before it was told: the book is read up to there, and then it can be judged.
    await catchUp()
    await provider.checkRoots(told)
  }
  const follow = (): Promise<void> => {
    following ??= followOnce().finally(() => {
      following = undefined
    })
    return following
  }
  async function followIfDue(): Promise<void> {
    if (askedAt !== undefined && Math.abs(clock.now() - askedAt) < everyMs) return
    const known = await provider.knownRoot()
    if (known === undefined || known.root.day < dayOf(clock.now() - dayMs)) await follow()
  }

  return {
    follow,
    idle: async () => following?.catch(() => undefined),
    look: () => {
      followIfDue().catch(onFault)
    },
  }
}
