import type { Instant } from '#core/ledger/command.ts'

type Level = { readonly tokens: number; readonly at: Instant }

const mostAddresses = 10_000

/**
 * A token bucket for each address: at most `burst` calls at once, refilled by `perSecond`. Kept in memory: it protects this process, and a restart
 * forgets it (what must not be forgotten, such as wrong passwords, is counted in the book). An IPv6 address counts by its /64.
 */
export function createBuckets(burst: number, perSecond: number): (address: string, now: Instant) => boolean {
  const levels = new Map<string, Level>()
  return (address, now) => {
    const key = bucketKey(address)
    const level = levels.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, level.tokens + (Math.max(0, now - level.at) / 1000) * perSecond)
    levels.delete(key)
    if (levels.size >= mostAddresses) forgetOldest(levels)
    levels.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    return tokens >= 1
  }
}

function forgetOldest(levels: Map<string, Level>): void {
  const oldest = levels.keys().next()
  if (!oldest.done) levels.delete(oldest.value)
}

const bucketKey = (address: string): string =>
  address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address
