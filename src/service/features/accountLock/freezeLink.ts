import type { Instant } from '#core/ledger/command.ts'
import type { FreezeLink } from '#storage/lockRepositories.ts'
import type { MailLink } from '../../ports.ts'
import { freezeAccount } from './setLocks.ts'

const isOpen = (link: FreezeLink | undefined, now: Instant): link is FreezeLink =>
  link !== undefined && link.usedAt === null && now < link.expiresAt

/** Whoever has the mail can stop money, and nothing else: a link never unlocks. */
export const freeze: MailLink = {
  isOpen: async (tx, hash, now) => isOpen(await tx.freezeLinks.find(hash), now),
  async press(tx, ports, hash, now) {
    // The holder first, as everywhere: two presses at once follow each other.
    const named = await tx.freezeLinks.find(hash)
    const holder = named && (await tx.holders.find(named.holderId))
    if (!holder || !isOpen(await tx.freezeLinks.find(hash), now)) return false
    await tx.freezeLinks.use(hash, now)
    await freezeAccount(tx, ports, holder, { reason: 'mail_link', who: `holder:${holder.id}`, now })
    return true
  },
}
