import { forgetTriesMs, signInWaitMs, type TryKind } from '#core/account/signInWait.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'

export type Counted = { readonly key: string; readonly kind: TryKind }

/** What wrong tries are counted by, in the book: a restart forgets none, and every instance sees them. */
export type CountedBoth = { readonly account: Counted; readonly address: Counted }

/** When the next try may come by what is counted, if not now. */
export async function waitsUntil(tx: Tx, { account, address }: CountedBoth, now: Instant): Promise<Instant | undefined> {
  let latest = now
  for (const { key, kind } of [account, address]) {
    const tries = await tx.signInCounts.find(key)
    if (tries && now < tries.lastAt + forgetTriesMs) latest = Math.max(latest, tries.lastAt + signInWaitMs(kind, tries.wrong))
  }
  return latest > now ? latest : undefined
}

/** A try counts as wrong until it proves right, so that a thousand at once are not a thousand free ones. */
export async function countTry(tx: Tx, { account, address }: CountedBoth, now: Instant): Promise<void> {
  await tx.signInCounts.forget(now - forgetTriesMs)
  for (const { key } of [account, address])
    await tx.signInCounts.save({ key, wrong: ((await tx.signInCounts.find(key))?.wrong ?? 0) + 1, lastAt: now })
}

export async function uncountTry(tx: Tx, { account, address }: CountedBoth): Promise<void> {
  await tx.signInCounts.clear(account.key)
  const tries = await tx.signInCounts.find(address.key)
  if (!tries) return
  if (tries.wrong > 1) await tx.signInCounts.save({ ...tries, wrong: tries.wrong - 1 })
  else await tx.signInCounts.clear(address.key)
}

/** Wrong tries of an account since the last right one, this one left out: how often somebody guessed before they knew. */
export async function wrongBefore(tx: Tx, { account }: CountedBoth): Promise<number> {
  return Math.max(0, ((await tx.signInCounts.find(account.key))?.wrong ?? 0) - 1)
}

/** Passwords, by e-mail (whether it has an account or not). */
export const passwordTries = (emailKey: string, address: string): CountedBoth => ({
  account: { key: `account ${emailKey}`, kind: 'account' },
  address: { key: `address ${address}`, kind: 'address' },
})

/** Codes of the second factor. */
export const factorTries = (holderId: string, address: string): CountedBoth => ({
  account: { key: `factor ${holderId}`, kind: 'account' },
  address: { key: `factor address ${address}`, kind: 'address' },
})
