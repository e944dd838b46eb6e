import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { newMailLink } from '../mailLinks/newMailLink.ts'
import type { ServicePorts } from '../ports.ts'
import { enqueueMail } from './enqueue.ts'
import type { Letter } from './write.ts'

/** Who reads their mail on holiday still stops a thief. */
const linkLifeMs = 14 * 86_400_000

/** As `enqueueMail`, with a link that freezes the account at a press: for what somebody else may have done in the person's name. */
export async function enqueueSecurityMail(tx: Tx, ports: ServicePorts, holder: Holder, letter: Letter, now: Instant): Promise<void> {
  const { hash, url } = newMailLink(ports, 'freeze')
  await tx.freezeLinks.forget(now)
  await tx.freezeLinks.add({ tokenHash: hash, holderId: holder.id, expiresAt: now + linkLifeMs, usedAt: null })
  await enqueueMail(tx, ports, holder, letter, now, undefined, url)
}
