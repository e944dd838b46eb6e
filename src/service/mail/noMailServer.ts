import { Fault } from '#core/failure/faults.ts'
import type { Mailer } from '../ports.ts'

/** A real service whose operator named no mail server: mails wait in the outbox, and the log says at each try what is missing. */
export const noMailServer: Mailer = {
  deliveredBy: 'smtp',
  send: () =>
    Promise.reject(new Fault('mail_failed', { cause: Object.assign(new Error('OKPAY_SMTP_URL is not set'), { code: 'ENOSERVER' }) })),
}
