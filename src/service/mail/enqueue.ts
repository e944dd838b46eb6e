import { Fault } from '#core/failure/faults.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../ports.ts'
import { type Letter, writeMail } from './write.ts'

const dayMs = 86_400_000

/**
 * `id`: of the holder; there is none where the address has no account. `isUnproven`: nobody has shown yet that the address is theirs, so the phrase that they
 * chose is kept from it.
 */
export type Addressee = { readonly email: string; readonly locale: string; readonly id?: string; readonly isUnproven?: true }

/**
 * Puts a mail into the outbox, in the transaction of what it tells of; it leaves after the commit. The sandbox's mailbox has it at once.
 * @param freezeUrl where a press freezes the account, in a mail that tells of it (`enqueueSecurityMail`).
 * @param goodForMs how long it is worth sending. Fault: `mail_failed` where the outbox does not take it.
 */
export async function enqueueMail(
  tx: Tx,
  ports: Pick<ServicePorts, 'ids' | 'mailer' | 'config'>,
  { email, locale, id: holderId, isUnproven }: Addressee,
  letter: Letter,
  now: Instant,
  goodForMs = 2 * dayMs,
  freezeUrl?: string,
): Promise<void> {
  const by = ports.mailer.deliveredBy
  const isKept = by === 'sandbox_mailbox'
  const times = { createdAt: now, goodUntil: now + goodForMs, nextTryAt: now, sentAt: isKept ? now : null }
  const phrase = holderId === undefined || isUnproven ? null : ((await tx.safety.find(holderId))?.mailPhrase ?? null)
  const written = writeMail(locale, letter, ports.config, { freezeUrl, phrase })
  const mail = { id: ports.ids(), holderId: holderId ?? null, to: email, ...written, by, ...times }
  try {
    await tx.mails.add({ ...mail, state: isKept ? 'sent' : 'queued', tries: 0, problem: null })
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault('mail_failed', { cause })
  }
}
