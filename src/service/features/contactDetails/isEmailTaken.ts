import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'

/** Whether an e-mail has an account, or had it so lately that it may go back to it. `besides`: the holder who may have it. */
export async function isEmailTaken(tx: Tx, emailKey: string, now: Instant, besides = ''): Promise<boolean> {
  const holder = await tx.holders.findByEmail(emailKey)
  return (holder !== undefined && holder.id !== besides) || (await tx.contactChanges.isReserved(emailKey, now, besides))
}
