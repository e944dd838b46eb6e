import type { Mailer } from '../ports.ts'

/** The mailbox of the sandbox: its mails are kept in the book when they are written (`enqueue.ts`), so that there is nothing left to send. */
export const sandboxMailbox: Mailer = { deliveredBy: 'sandbox_mailbox', send: () => Promise.resolve() }
