import type { Instant } from '../ledger/command.ts'

/** Every deed that is written down. Closed: what is not here is no deed of the log. */
export type AuditAct =
  | 'account.locked'
  | 'account.opening_asked'
  | 'account.opening_stopped'
  | 'account.lift_agreed'
  | 'account.unlocked'
  | 'app.turned_on'
  | 'app.turned_off'
  | 'contact.changed'
  | 'contact.change_undone'
  | 'device.added'
  | 'device.renamed'
  | 'device.revoked'
  | 'device.signed_out'
  | 'key.rotated'
  | 'limit.day_moved'
  | 'limit.own_set'
  | 'limit.refused'
  | 'limit.set'
  | 'mail_codes.turned_on'
  | 'mail_codes.turned_off'
  | 'mail_phrase.changed'
  | 'password.changed'
  | 'password_reset.asked'
  | 'password_reset.stopped'
  | 'question.answered'
  | 'recovery_code.used'
  | 'recovery_codes.renewed'
  | 'risk.approved'
  | 'risk.approved_first'
  | 'risk.denied'
  | 'risk.noted'
  | 'risk.owned'
  | 'risk.refused'
  | 'risk.rule_set'
  | 'statement.begun'
  | 'statement.finished'
  | 'document.added'
  | 'document.deleted'
  | 'document.removed'
  | 'document.seen'
  | 'identity.answered'
  | 'identity.handed_in'
  | 'identity.ran_out'

/** One deed. Names nobody by more than an id: what people wrote stands elsewhere. */
export type AuditEntry = {
  readonly at: Instant
  /** `operator` (or `operator:NAME`), `service`, `holder:ID` or `sandbox_bank`. */
  readonly by: string
  readonly act: AuditAct
  /** What it was done to: `holder:ID`, `device:ID`, `payment:ID`, `question:NUMBER`, `import:ID`, `service`. */
  readonly object: string
  readonly detail: Readonly<Record<string, string>>
}

/** A line of the log as it stands: `detail` as canonical JSON, `chain` the link that it adds. Numbered from 1 without a gap. */
export type AuditRow = Omit<AuditEntry, 'detail' | 'act'> & {
  readonly n: number
  readonly act: string
  readonly detail: string
  readonly chain: string
}
