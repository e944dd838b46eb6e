import type { AuditAct } from '#core/audit/acts.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueSecurityMail } from '../../mail/securityMail.ts'
import type { SafetyNews } from '../../mail/write.ts'
import type { ServicePorts } from '../../ports.ts'

const acts = {
  app_on: 'app.turned_on',
  app_off: 'app.turned_off',
  mail_on: 'mail_codes.turned_on',
  mail_off: 'mail_codes.turned_off',
  recovery_renewed: 'recovery_codes.renewed',
  recovery_used: 'recovery_code.used',
  password_changed: 'password.changed',
  phrase_changed: 'mail_phrase.changed',
  reset_waiting: 'password_reset.asked',
  reset_stopped: 'password_reset.stopped',
} as const satisfies Record<SafetyNews, AuditAct>

/** Tells what changed in an account's safety on every channel, with its line of the audit log: by mail, and on each device. `until`: of what can still be stopped. */
export async function tellSafety(tx: Tx, ports: ServicePorts, holder: Holder, what: SafetyNews, now: Instant, until = now): Promise<void> {
  const holderName = `holder:${holder.id}`
  await tx.audit.append({ at: now, by: holderName, act: acts[what], object: holderName, detail: {} })
  await appendFeed(tx, holder.id, { type: 'safety' }, now)
  await enqueueSecurityMail(tx, ports, holder, { kind: 'safety', what, name: holder.name, at: now, until, timeZone: holder.timeZone }, now)
}
